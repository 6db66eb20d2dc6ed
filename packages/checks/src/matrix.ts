import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { listCells, type MatrixCell } from './matrix-cells.ts'
import { renderDocument, type Outcomes } from './matrix-document.ts'
import { describeOutcome, judge, type CellOutcome } from './matrix-outcome.ts'
import { readVersions } from './matrix-versions.ts'
import { endTree } from './process-tree.ts'
import { root } from './workspace.ts'

const DOCUMENT = 'docs/compatibility.md'

const HELP = `Usage: npm run test:matrix [-- --only <text>]

Runs every combination that is supported, about eight minutes of it, and writes the results to ${DOCUMENT}.
Exits with 1 when one failed or did not run; the file is written all the same.

Options:
  --only <text>  only the cells whose name contains the text, for example "15, webpack" or "CommonJS"; writes no file
  --help         print this
`

const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Runs the cells that the arguments ask for; gives the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { only, help, complaint } = parse(args)
  if (help) {
    process.stdout.write(HELP)
    return 0
  }
  const cells = listCells().filter(({ name }) => name.includes(only ?? ''))
  const problem = cells.length === 0 ? `no cell has "${only}" in its name` : complaint
  if (problem !== undefined) {
    say(`${problem}\n\n${HELP}`)
    return 2
  }
  const started = performance.now()
  const { outcomes, code } = await run(cells)
  const seconds = (performance.now() - started) / 1000
  if (only === undefined) {
    const date = new Date().toISOString().slice(0, 10)
    const text = renderDocument({ outcomes, versions: readVersions(), date, seconds })
    writeFileSync(join(root, DOCUMENT), text)
  }
  const failed = cells.filter(({ name }) => judge(outcomes.get(name)) !== 'passed')
  for (const { name } of failed) say(`${name}: ${describeOutcome(outcomes.get(name))}`)
  if (failed.length === 0 && code !== 0) say('every cell passed, but something failed beside them')
  const written = only === undefined ? `wrote ${DOCUMENT}` : `${DOCUMENT} is left as it was`
  say(`${cells.length - failed.length} of ${cells.length} cells passed; ${written}`)
  return failed.length === 0 && code === 0 ? 0 : 1
}

function parse(args: readonly string[]): {
  readonly only?: string | undefined
  readonly help?: boolean | undefined
  readonly complaint?: string
} {
  try {
    const options = { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    return { complaint: (error as Error).message }
  }
}

/** Runs the cells in a child process, saying how each ends; whatever ends us ends all that it started first. */
async function run(
  cells: readonly MatrixCell[],
): Promise<{ readonly outcomes: Outcomes; readonly code: number | null }> {
  const outcomes = new Map<string, CellOutcome>()
  const child = fork(
    fileURLToPath(import.meta.resolve('./matrix-runner.ts')),
    cells.map(({ name }) => name),
    // Its output is talk. A group of its own keeps Ctrl-C from it, whose children would otherwise lose their parent.
    { cwd: root, detached: true, stdio: ['ignore', 2, 2, 'ipc'] },
  )
  child.on('message', (outcome: CellOutcome) => {
    outcomes.set(outcome.name, outcome)
    say(`[${outcomes.size}/${cells.length}] ${outcome.name}: ${describeOutcome(outcome)}`)
  })
  let interruption: Promise<never> | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      say(`${signal}: ending what was started; ${DOCUMENT} is left as it was`)
      interruption ??= endTree(child.pid as number).then(() =>
        process.exit(128 + constants.signals[signal]),
      )
    })
  }
  const [[code]] = (await Promise.all([once(child, 'close'), once(child, 'disconnect')])) as [
    [number | null],
    unknown,
  ]
  await interruption
  return { outcomes, code }
}

process.exitCode = await main(process.argv.slice(2))
