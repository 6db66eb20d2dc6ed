import { nearest } from '@throughline/catalog'
import { ThroughlineError } from '@throughline/conventions'
import { EXIT } from './command.ts'
import { COMMANDS } from './commands.ts'
import { parseCall } from './parse-call.ts'
import { renderCommandHelp, renderHelp } from './render-help.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'
import { readVersion } from './version.ts'

/** Runs the command line; gives what the process ends with, and never rejects. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal)
  } catch (error) {
    return report(error, terminal)
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const words = args.slice(0, firstOption(args))
  const wantsHelp = args.includes('--help') || args.includes('-h')
  const entry = COMMANDS.find(({ name }) =>
    name.split(' ').every((word, index) => words[index] === word),
  )
  if (entry === undefined) return withoutCommand(words, args, wantsHelp, terminal)
  const { command } = await entry.load()
  if (wantsHelp) {
    terminal.out(renderCommandHelp(entry, command))
    return EXIT.ok
  }
  const rest = args.slice(entry.name.split(' ').length)
  return command.run({ ...parseCall(entry, command, rest), terminal })
}

function firstOption(args: readonly string[]): number {
  const found = args.findIndex(arg => arg.startsWith('-'))
  return found === -1 ? args.length : found
}

/** Help on everything or a group, the version, or what the first words may have meant. */
function withoutCommand(
  words: readonly string[],
  args: readonly string[],
  wantsHelp: boolean,
  terminal: Terminal,
): number {
  const [first, second] = words
  const group = COMMANDS.some(({ name }) => name.startsWith(`${first} `)) ? first : undefined
  if (first === undefined || first === 'help') {
    if (args.includes('--version') || args.includes('-v')) {
      terminal.out(`${readVersion()}\n`)
      return EXIT.ok
    }
    const [option] = args
    if (option !== undefined && !wantsHelp && first === undefined) {
      throw new UsageError(
        `there is no option ${option} without a command`,
        'see throughline --help',
      )
    }
    terminal.out(renderHelp())
    return EXIT.ok
  }
  if (group !== undefined && second === undefined) {
    if (wantsHelp) terminal.out(renderHelp(group))
    else terminal.err(renderHelp(group))
    return wantsHelp ? EXIT.ok : EXIT.usage
  }
  throw unknownCommand(group === undefined ? first : `${group} ${second}`, group)
}

function unknownCommand(given: string, group: string | undefined): UsageError {
  const names = COMMANDS.map(({ name }) => name)
  const groups = names.map(name => name.split(' ', 1)[0] ?? name)
  const near = nearest(given, group === undefined ? new Set([...groups, ...names]) : names)
  const help = `see throughline ${group === undefined ? '' : `${group} `}--help`
  return new UsageError(
    `there is no command "${given}"`,
    near === undefined ? help : `write throughline ${near}, or ${help}`,
  )
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof AggregateError && error.errors.every(each => each instanceof UsageError)) {
    for (const each of error.errors) report(each, terminal)
    return EXIT.usage
  }
  if (error instanceof UsageError || ThroughlineError.is(error)) {
    terminal.err(`throughline: ${error.message}\n  fix: ${error.fix}\n`)
    return error instanceof UsageError ? EXIT.usage : EXIT.findings
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  terminal.err(`throughline: this is a mistake of throughline, not yours\n${text}\n`)
  return EXIT.bug
}
