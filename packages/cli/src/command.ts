import type { Terminal } from './terminal.ts'

/** What a process ends with. */
export const EXIT = {
  ok: 0,
  /** The command did its work, and found something that is wrong. */
  findings: 1,
  usage: 2,
  /** A mistake of ours. */
  bug: 70,
} as const

/** An option of a command: a flag, or one with a value. */
export interface OptionDefinition {
  /** Name of the value, for the help: `FILE`; a flag has none. */
  readonly value?: string
  /** The values it may have; any when absent. */
  readonly choices?: readonly string[]
  readonly says: string
}

/** What a command was called with. */
export interface Call {
  readonly args: readonly string[]
  /** Values of the options that were given; `true` for a flag. */
  readonly options: Readonly<Record<string, string | true | undefined>>
  readonly terminal: Terminal
}

/** One command, in a file of its own. */
export interface Command {
  /** Its arguments: `<service> "<METHOD /path>"`. */
  readonly synopsis: string
  /** How many arguments it takes. */
  readonly arity: readonly [least: number, most: number]
  /** What it does and what it leaves, as paragraphs. */
  readonly help: readonly string[]
  readonly options: Readonly<Record<string, OptionDefinition>>
  /** Gives what the process ends with. */
  run(call: Call): number | Promise<number>
}

/** The value of an option that has one. */
export function valueOf({ options }: Call, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

export const isSet = ({ options }: Call, name: string): boolean => options[name] === true

/** Options of every command that reads the catalog. */
export const CATALOG_OPTION: Command['options'] = {
  catalog: {
    value: 'FILE',
    says: 'the catalog; else THROUGHLINE_CATALOG, package.json, or the nearest ownership.yaml',
  },
}

export const JSON_OPTION: Command['options'] = {
  json: { says: 'print the result as JSON, for programs' },
}

/** A result for programs. Nanoseconds, which a number of JSON does not hold, are decimal strings, as in OTLP. */
export const toJson = (value: object): string =>
  `${JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part), 2)}\n`
