import { parseArgs } from 'node:util'
import { nearest } from '@throughline/catalog'
import type { Call, Command } from './command.ts'
import type { CommandEntry } from './commands.ts'
import { UsageError } from './usage-error.ts'

/** Reads the arguments of a command; throws a UsageError for what it does not take. */
export function parseCall(
  { name }: CommandEntry,
  command: Command,
  args: readonly string[],
): Pick<Call, 'args' | 'options'> {
  const help = `see throughline ${name} --help`
  const known = command.options
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(known).map(([option, { value }]) => [
        option,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const options: Record<string, string | true> = {}
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const definition = Object.hasOwn(known, token.name) ? known[token.name] : undefined
    if (definition === undefined) {
      const near = nearest(token.name, Object.keys(known))
      throw new UsageError(
        `${name} has no option ${token.rawName}`,
        near === undefined ? help : `write --${near}, or ${help}`,
      )
    }
    const { value, choices } = definition
    if (value === undefined && token.value !== undefined) {
      throw new UsageError(`--${token.name} takes no value`, help)
    }
    if (value !== undefined && (token.value === undefined || token.value === '')) {
      throw new UsageError(`--${token.name} needs a value`, `write --${token.name} ${value}`)
    }
    if (choices !== undefined && !choices.includes(token.value ?? '')) {
      const near = choices.length > FEW ? nearest(token.value ?? '', choices) : undefined
      const fix = near === undefined ? `write one of: ${choices.join(', ')}` : `write ${near}`
      throw new UsageError(`--${token.name} cannot be ${JSON.stringify(token.value)}`, fix)
    }
    options[token.name] = token.value ?? true
  }
  const [least, most] = command.arity
  if (positionals.length < least || positionals.length > most) {
    throw new UsageError(
      positionals.length < least
        ? `${name} needs ${command.synopsis}`
        : `${name} does not take ${JSON.stringify(positionals[most])}`,
      help,
    )
  }
  return { args: positionals, options }
}

/** So few choices are all named. */
const FEW = 4
