import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCli } from '../src/cli.ts'
import { COMMANDS } from '../src/commands.ts'
import type { Terminal } from '../src/terminal.ts'
import { type Outcome, runThroughline } from './run-throughline.ts'

const run = (...args: readonly string[]): Promise<Outcome> => runThroughline(args)

test.for([[], ['--help'], ['-h'], ['help']])('%j lists every command', async args => {
  const { code, out, err } = await run(...args)
  expect([code, err]).toEqual([0, ''])
  for (const { name, summary } of COMMANDS) expect(out).toContain(`${name} `.padEnd(16) + summary)
})

test.for(['--version', '-v'])('%s prints the version of the package', async option => {
  const { version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  expect(await run(option)).toEqual({ code: 0, out: `${version}\n`, err: '' })
})

test.for(COMMANDS)('$name has help, with its options', async ({ name, load }) => {
  const { command } = await load()
  const { code, out, err } = await run(...name.split(' '), '--help')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(new RegExp(`^throughline ${name}`))
  for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`)
})

test('a group has help, and is no command', async () => {
  expect(await run('owners', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('owners who'),
    err: '',
  })
  expect(await run('owners')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('owners who'),
  })
})

test.for([
  [
    ['generat'],
    'there is no command "generat"',
    'write throughline generate, or see throughline --help',
  ],
  [
    ['owners', 'whom'],
    'there is no command "owners whom"',
    'write throughline owners who, or see throughline owners --help',
  ],
  [['zzzzzz'], 'there is no command "zzzzzz"', 'see throughline --help'],
  [['--json'], 'there is no option --json without a command', 'see throughline --help'],
  [
    ['owners', 'diff', 'main', '--formt', 'md'],
    'owners diff has no option --formt',
    'write --format, or see throughline owners diff --help',
  ],
  [
    ['owners', 'diff', 'main', '--format', 'pdf'],
    '--format cannot be "pdf"',
    'write one of: text, md, json',
  ],
  [['owners', 'diff', 'main', '--format'], '--format needs a value', 'write --format FORMAT'],
  [
    ['owners', 'who', 'web', '/', '--json=yes'],
    '--json takes no value',
    'see throughline owners who --help',
  ],
  [['owners', 'diff'], 'owners diff needs <git-ref>', 'see throughline owners diff --help'],
  [
    ['owners', 'diff', 'a', 'b'],
    'owners diff does not take "b"',
    'see throughline owners diff --help',
  ],
  [
    ['owners', 'who', 'web', 'invoices'],
    '"invoices" is not a method and a path',
    'write it as in "POST /api/billing/plan"',
  ],
  [
    ['generate', '--only', 'alerts,x'],
    '--only does not know "x"',
    'write some of: alerts, dashboards, exports, runbooks',
  ],
  [
    ['owners', 'import', 'jira', 'x'],
    'there is no import from "jira"',
    'write codeowners or backstage',
  ],
  [['owners', 'import', 'codeowners', 'x'], 'x is not there', 'name a file that can be read'],
  [
    ['owners', 'who', 'web', '/', '--role', 'authReviews'],
    '--role cannot be "authReviews"',
    'write authReview',
  ],
  [
    ['owners', 'report', '--constructor'],
    'owners report has no option --constructor',
    'see throughline owners report --help',
  ],
] as const)('%j is called wrongly, and is told how', async ([args, message, fix]) => {
  expect(await run(...args)).toEqual({
    code: 2,
    out: '',
    err: `throughline: ${message}\n  fix: ${fix}\n`,
  })
})

const WITHOUT_CATALOG = ['doctor', 'init', 'owners import', 'redact', 'trace', 'uninstall', 'view']

test.for(COMMANDS.filter(({ name }) => !WITHOUT_CATALOG.includes(name)))(
  '$name says where it looked when there is no catalog',
  async ({ name }) => {
    const args = {
      'owners who': ['web', '/'],
      'owners diff': ['main'],
      'owners confirm': ['a'],
      'owners rename': ['a', 'b'],
    }
    const { code, err } = await run(...name.split(' '), ...(args[name as keyof typeof args] ?? []))
    expect(code).toBe(2)
    expect(err).toContain('there is no ownership.yaml in ')
  },
)

test('a mistake of ours ends with 70, and shows where it is', async () => {
  const terminal = { out: () => { throw new TypeError('boom') }, err: (text: string) => (said += text) } // prettier-ignore
  let said = ''
  expect(await runCli(['--help'], terminal as unknown as Terminal)).toBe(70)
  expect(said).toContain('TypeError: boom')
  expect(said).toContain('cli.ts')
})
