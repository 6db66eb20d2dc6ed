import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { renderAll } from './generated.ts'
import { root } from './workspace.ts'

/**
 * Writes every generated file that is not what its source renders; with `--check` names them, and exits with 1. Then the same
 * for what follows from the catalog of the examples, by the command that users have.
 */
function main(onlyCheck: boolean): void {
  const stale = [...renderAll()].filter(([path, text]) => readIfThere(join(root, path)) !== text)
  for (const [path, text] of stale) {
    if (onlyCheck) {
      process.stdout.write(
        `${path} is not what its source renders: run \`npm run generate\` and commit the result\n`,
      )
      continue
    }
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    process.stdout.write(`wrote ${path}\n`)
  }
  const { status } = spawnSync(process.execPath, [...COMMAND, ...(onlyCheck ? ['--check'] : [])], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0 || (onlyCheck && stale.length > 0)) process.exitCode = 1
}

/** Run as sources, as everything here: what is generated must follow an edit before any build. */
const COMMAND = [
  '--conditions=@throughline/source',
  join(root, 'packages/cli/src/main.ts'),
  'generate',
]

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

main(process.argv.includes('--check'))
