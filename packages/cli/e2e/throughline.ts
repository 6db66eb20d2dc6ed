import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The command as npm installs it. */
const BIN = fileURLToPath(new URL('../bin/throughline.js', import.meta.url))

/** What a process printed, and how it ended. */
export interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A throughline that stays up. */
export interface Running {
  /** The first line that it prints; rejects with all it said when it ends before. */
  readonly firstLine: Promise<string>
  readonly ended: Promise<Outcome>
  /** What it has said besides so far. */
  said(): string
  kill(signal: NodeJS.Signals): void
}

/** A folder in which throughline is run, as a user would; gone after the test. */
export interface Workspace {
  readonly folder: string
  write(path: string, text: string): void
  /** Runs throughline here, or in a folder below. */
  run(
    args: readonly string[],
    options?: { readonly in?: string; readonly env?: NodeJS.ProcessEnv },
  ): Promise<Outcome>
  /** Starts throughline here, for what stays up; gone after the test. */
  start(args: readonly string[], env?: NodeJS.ProcessEnv): Running
  /** Runs git here; rejects with what it printed when it fails. */
  git(...args: readonly string[]): Promise<string>
  /** Commits all that is there. */
  commit(): Promise<void>
}

export function createWorkspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'throughline-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const git = (...args: readonly string[]): Promise<string> => runGit(folder, args)
  return {
    folder,
    write,
    run: (args, options = {}) =>
      runNode([BIN, ...args], {
        cwd: join(folder, options.in ?? ''),
        env: { ...process.env, ...options.env },
      }),
    start: (args, env = {}) =>
      startNode([BIN, ...args], { cwd: folder, env: { ...process.env, ...env } }),
    git,
    async commit() {
      await git('init', '--quiet', '--initial-branch=main')
      await git('add', '--all')
      await git(
        '-c',
        'user.name=t',
        '-c',
        'user.email=t@example.com',
        'commit',
        '--quiet',
        '-m',
        'x',
      )
    },
  }
}

/** How a script is started. */
interface StartOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a script with this Node until it ends. */
export const runNode = (args: readonly string[], options: StartOptions): Promise<Outcome> =>
  startNode(args, options).ended

function startNode(args: readonly string[], options: StartOptions): Running {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }))
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const end = out.indexOf('\n')
      if (end !== -1) resolve(out.slice(0, end))
    })
    void ended.then(() => reject(new Error(`it ended without a line: ${err}`)))
  })
  // Who waits for its end only does not care.
  firstLine.catch(() => undefined)
  return { firstLine, ended, said: () => err, kill: signal => void child.kill(signal) }
}

function runGit(cwd: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  return new Promise((resolve, reject) => {
    execFile('git', args, { cwd, env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`git ${args.join(' ')}: ${stderr}`, { cause: error }))
    })
  })
}

/** A small catalog; its dates never come. */
export const CATALOG = `version: 1
org: { github: acme, defaultTeam: platform, leads: ["@acme/leads"] }
teams:
  billing: { name: Billing, lead: "@b", github: "@acme/billing", channels: { page: pagerduty:env:PD_B, ticket: "#billing" } }
  growth: { name: Growth, lead: "@g", github: "@acme/growth", channels: { page: pagerduty:env:PD_G, ticket: "#growth" } }
  platform: { name: Platform, github: "@acme/platform", channels: { page: pagerduty:env:PD_P, ticket: "#platform" } }
services:
  web:
    kind: node
    criticality: critical
    roles: { productionFix: growth, performance: growth }
    routes:
      - { match: "POST /api/billing/*", team: billing, objective: { availability: 99.9 } }
      - { match: "GET /", team: growth }
`

/** The catalog with the billing route given to another team. */
export const MOVED: string = CATALOG.replace(
  'billing/*", team: billing',
  'billing/*", team: growth',
)
