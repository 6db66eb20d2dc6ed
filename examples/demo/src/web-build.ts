import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const STAMP = join('.next', 'built-from')
const NOT_SOURCES = new Set(['node_modules', '.next', 'next-env.d.ts', 'tsconfig.tsbuildinfo'])

/** What a build of the web app depends on, besides its own folder. */
export interface WebBuildOptions {
  readonly webFolder: string
  /** Files and folders outside of the app that a build holds or follows. */
  readonly inputs: readonly string[]
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/** Runs `next build`, unless the last one was made from the very same files. Rejects with its output when it fails. */
export async function buildWeb({ webFolder, inputs, say, signal }: WebBuildOptions): Promise<void> {
  const fingerprint = hashFiles([webFolder, ...inputs])
  const stamp = join(webFolder, STAMP)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  say('building the web app (next build, usually 20 to 60 s) …')
  const child = spawn('npm', ['run', '--silent', 'build'], {
    cwd: webFolder,
    // Next.js builds for nothing else: with another NODE_ENV from outside it fails.
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => (output += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`next build failed:\n${output}`)
  writeFileSync(stamp, fingerprint)
}

function hashFiles(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of listFiles(path)) hash.update(relative(path, file)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function listFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { withFileTypes: true }).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )
  return entries.flatMap(entry => {
    if (NOT_SOURCES.has(entry.name)) return []
    const child = join(path, entry.name)
    return entry.isDirectory() ? listFiles(child) : entry.isFile() ? [child] : []
  })
}
