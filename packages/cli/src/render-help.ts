import type { Command, OptionDefinition } from './command.ts'
import { type CommandEntry, COMMANDS } from './commands.ts'

/** Help on all commands, or on those of a group such as `owners`. */
export function renderHelp(group?: string): string {
  const entries = COMMANDS.filter(({ name }) => group === undefined || name.startsWith(`${group} `))
  const width = Math.max(...entries.map(({ name }) => name.length))
  return [
    group === undefined
      ? 'throughline: a named team for everything that can break'
      : `throughline ${group} …`,
    '',
    ...entries.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Every command has --help. The catalog is ownership.yaml; --catalog names another.',
    'Ends with 0 when all is well, 1 when something was found, 2 when it was called wrongly.',
    '',
  ].join('\n')
}

/** Help on one command. */
export function renderCommandHelp({ name, summary }: CommandEntry, command: Command): string {
  const all: Command['options'] = { ...command.options, help: { says: 'print this' } }
  const options = Object.entries(all)
  const spelled = options.map(([option, { value }]) =>
    value === undefined ? `--${option}` : `--${option} ${value}`,
  )
  const width = Math.max(...spelled.map(text => text.length))
  return [
    `throughline ${[name, command.synopsis].filter(Boolean).join(' ')}`,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    ...command.help.flatMap(paragraph => ['', ...wrap(paragraph)]),
    '',
    ...options.map(
      ([, definition], index) =>
        `  ${(spelled[index] ?? '').padEnd(width)}  ${wordOption(definition)}`,
    ),
    '',
  ].join('\n')
}

const wordOption = ({ says, choices }: OptionDefinition): string =>
  choices === undefined ? says : `${says}: ${choices.join(', ')}`

const LINE = 96

/** Lines of at most 96 characters, but for a word that is longer. */
function wrap(paragraph: string): string[] {
  const lines: string[] = []
  for (const word of paragraph.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= LINE)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
