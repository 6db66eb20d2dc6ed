import { createProcessRedactor, RULES, type Explanation } from '@throughline/node/redaction'
import { type Call, type Command, EXIT, isSet, JSON_OPTION, toJson, valueOf } from '../command.ts'
import { UsageError } from '../usage-error.ts'

export const command: Command = {
  synopsis: '[<text>]',
  arity: [0, 1],
  help: [
    'Prints the text as it would leave a process: in spans, logs and labels of metrics. Without a text it reads stdin. With --explain it lists what was taken out, each with the rule that did and why.',
    'It does what THROUGHLINE_REDACT_KEYS, THROUGHLINE_REDACT_PATTERNS and THROUGHLINE_REDACT_ALLOW say, and knows the secrets in the environment, as the application would.',
  ],
  options: {
    explain: { says: 'list what was taken out, and why' },
    key: { value: 'NAME', says: 'take the text for the value of this attribute or field' },
    rules: { says: 'list the rules' },
    ...JSON_OPTION,
  },
  run: redact,
}

/** What is shown of one thing that was taken out. */
const MAX_SHOWN = 60

async function redact(call: Call): Promise<number> {
  const { terminal } = call
  if (isSet(call, 'rules')) {
    terminal.out(isSet(call, 'json') ? toJson({ schema: 1, rules: RULES }) : renderRules())
    return EXIT.ok
  }
  const text = call.args[0] ?? (await terminal.read())
  if (text === undefined) {
    throw new UsageError('redact needs a text', 'write it as an argument, or pipe it in')
  }
  const redactor = createProcessRedactor(terminal.env)
  for (const notice of redactor.notices) terminal.err(`${notice}\n`)
  const explanation = redactor.explain(text, valueOf(call, 'key'))
  if (isSet(call, 'json')) terminal.out(toJson({ schema: 1, ...explanation }))
  else if (isSet(call, 'explain')) terminal.out(renderExplanation(explanation))
  else terminal.out(withEnd(explanation.result))
  return EXIT.ok
}

const withEnd = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)

function renderRules(): string {
  return renderColumns(
    RULES.map(({ name, meaning, fixed }) => [
      name,
      fixed === true ? `${meaning} (cannot be switched off)` : meaning,
    ]),
  )
}

function renderExplanation({ result, taken }: Explanation): string {
  const found =
    taken.length === 0
      ? 'nothing is taken out\n'
      : renderColumns(taken.map(({ rule, meaning, found: what }) => [rule, shorten(what), meaning]))
  return `${withEnd(result)}\n${found}`
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= MAX_SHOWN ? line : `${line.slice(0, MAX_SHOWN - 1)}…`
}

function renderColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map(line => `${line}\n`)
    .join('')
}
