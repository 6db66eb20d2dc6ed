import { type Call, valueOf } from './command.ts'
import { UsageError } from './usage-error.ts'

/** Reads the values of options, and keeps what is wrong with them, so that all of it can be said at once. */
export interface OptionValues {
  readonly problems: readonly UsageError[]
  text(name: string): string | undefined
  /** Parts that stand between commas. */
  list(name: string): readonly string[] | undefined
  whole(name: string, least: number, most?: number): number | undefined
  /** An address that begins with http:// or https://. */
  url(name: string): URL | undefined
  /** The same in a list. */
  urls(name: string): readonly string[] | undefined
  wrong(message: string, fix: string): void
}

export function readOptions(call: Call): OptionValues {
  const problems: UsageError[] = []
  const wrong = (message: string, fix: string): void =>
    void problems.push(new UsageError(message, fix))
  const text = (name: string): string | undefined => valueOf(call, name)
  const list = (name: string): readonly string[] | undefined =>
    text(name)
      ?.split(',')
      .map(part => part.trim())
      .filter(part => part !== '')
  const toUrl = (name: string, value: string): URL | undefined => {
    const url = URL.parse(value)
    if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
    wrong(
      `--${name} is no address: ${JSON.stringify(value)}`,
      'write it with http:// or https://, as in http://127.0.0.1:4318',
    )
    return undefined
  }
  return {
    problems,
    text,
    list,
    whole(name, least, most = Number.MAX_SAFE_INTEGER) {
      const value = text(name)
      const number = Number(value)
      if (value === undefined) return undefined
      if (/^\d+$/.test(value) && number >= least && number <= most) return number
      const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`
      wrong(`--${name} cannot be ${JSON.stringify(value)}`, `write a whole number ${range}`)
      return undefined
    },
    url(name) {
      const value = text(name)
      return value === undefined ? undefined : toUrl(name, value)
    },
    urls: name => list(name)?.filter(value => toUrl(name, value) !== undefined),
    wrong,
  }
}
