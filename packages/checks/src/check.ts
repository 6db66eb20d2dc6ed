import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { root } from './workspace.ts'

interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

interface Outcome extends Step {
  readonly ok: boolean
  readonly seconds: number
  readonly output: string
}

/** All that can be said about the tree without starting a server. What is built comes first: the rest reads it. */
const steps: readonly Step[] = [
  { name: 'build', command: ['node', '.config/prepare.mjs'] },
  { name: 'types', command: ['npm', 'run', 'typecheck', '--silent'] },
  { name: 'lint', command: ['npm', 'run', 'lint', '--silent'] },
  { name: 'format', command: ['npm', 'run', 'format', '--silent', '--', '--check'] },
  {
    name: 'unused code and dependencies',
    command: ['knip', '--config', '.config/knip.json', '--no-config-hints'],
  },
  { name: 'generated files', command: ['npm', 'run', 'generate', '--silent', '--', '--check'] },
  { name: 'packages as published', command: ['node', 'packages/checks/src/check-published.ts'] },
  { name: 'release plan', command: ['changeset', 'status', '--since=HEAD'] },
  { name: 'layers, lock file, links', command: ['vitest', ...repositoryTests()] },
]

function repositoryTests(): string[] {
  const files = [
    'compose',
    'examples',
    'imports',
    'layers',
    'links',
    'lock',
    'packages',
    'repository',
  ]
  const config = ['run', '--config', '.config/vitest.config.ts', '--project', 'unit']
  return [...config, ...files.map(name => `packages/checks/test/${name}.test.ts`)]
}

/** Runs every step, also after one failed, and prints a table; exits with 1 when any failed. */
async function main(): Promise<void> {
  const outcomes: Outcome[] = []
  for (const step of steps) {
    process.stderr.write(`${step.name} …\n`)
    outcomes.push(await take(step))
  }
  const failed = outcomes.filter(({ ok }) => !ok)
  for (const { name, command, output } of failed) {
    process.stdout.write(`\n── ${name}: ${command.join(' ')}\n\n${output.trim()}\n`)
  }
  process.stdout.write(`\n${renderTable(outcomes)}\n`)
  process.exitCode = failed.length === 0 ? 0 : 1
}

async function take(step: Step): Promise<Outcome> {
  const started = performance.now()
  const [command, ...args] = step.command
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const code = await once(child, 'close').then(
    ([status]) => status as number | null,
    (error: unknown) => {
      output += String(error)
      return 127
    },
  )
  return { ...step, ok: code === 0, seconds: (performance.now() - started) / 1000, output }
}

function renderTable(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length))
  return outcomes
    .map(({ name, ok, seconds }) => {
      return `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s`
    })
    .join('\n')
}

await main()
