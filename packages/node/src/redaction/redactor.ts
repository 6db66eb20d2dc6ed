import type { RedactionSettings } from '../environment.ts'
import { kindOf, type AttributeKind } from './attribute-kinds.ts'
import { createKindSearch } from './kind-search.ts'
import { ERROR_RULE, TOO_LONG_RULE } from './rules.ts'
import { isSecretName } from './secret-names.ts'
import { applySettings } from './settings.ts'
import { createTakes, type Taken } from './takes.ts'
import { chooseTextRules } from './text-rules.ts'
import type { SearchText } from './text-search.ts'

/** Takes secrets out of what leaves the process. Nothing of it throws. */
export interface Redactor {
  /** Gives `text` without the secrets in it; the very same text when there are none. */
  text(text: string): string
  /** Gives the value of the attribute or field `key` without secrets, whatever its type; the very same when there are none. */
  attribute(key: string, value: unknown): unknown
  /** Gives attributes or fields without secrets, in their names too; the very same object when there are none. */
  attributes<Values extends object>(attributes: Values): Values
  /** What is taken out of a text, or of the value of `key`, and by which rule. */
  explain(text: string, key?: string): Explanation
  /** Has `listener` called with the rule of each value that is taken out; there is one. */
  listen(listener: (rule: string) => void): void
  /** What is to be said at start: rules that are off, and settings that were not understood. */
  readonly notices: readonly string[]
}

/** What redaction does to a text. */
export interface Explanation {
  readonly result: string
  readonly taken: readonly Taken[]
}

/** What redaction is told besides its settings. */
export interface RedactorOptions {
  /** Taken out wherever they appear. @default none */
  readonly ownSecrets?: readonly string[]
}

/** Most names of attributes of which something is known. */
const MAX_KEYS = 2000
/** A longer value is not held against the next one of its name. */
const MAX_REMEMBERED = 1024
/** Deepest nesting of fields that is searched. */
const MAX_DEPTH = 8
/** The least number that may be one of a payment card. */
const MIN_CARD_NUMBER = 1e12

/** Values by their names. */
type Fields = Record<string, unknown>

/** Headers that come as an object are redacted as if each were an attribute. */
const HEADER_PREFIX = 'http.request.header.'

/** What an object is taken for, where it is taken as a whole. */
const OBJECT = '{}'

/** Kinds of which nothing is sent, whatever the type of their value. */
const WHOLE: ReadonlySet<AttributeKind> = new Set(['body', 'header', 'headers', 'query', 'secret'])

/** What is known of the attributes of one name. */
interface Plan {
  readonly key: string
  /** The key, without secrets. */
  readonly name: string
  readonly renamed: boolean
  readonly kind: AttributeKind
  readonly search: SearchText
  /** Whether nothing of it is sent, whatever the type of its value. */
  readonly whole: boolean
  /** Whether its values come again: addresses do so too seldom to be compared. */
  readonly repeats: boolean
  /** The latest value that held nothing: mostly the next one is the same. */
  clean: string | undefined
  /** The one before that. */
  otherClean: string | undefined
  /** What came next the last time: attributes mostly come in the same order, and then nothing is looked up. */
  next: Plan | undefined
  /** What came next before that. */
  otherNext: Plan | undefined
}

/**
 * Makes a redactor.
 *
 * What cannot be searched because of a mistake of ours is dropped. Texts that hold nothing are remembered, half a
 * million characters at most for each way of searching.
 */
export function createRedactor(
  settings: RedactionSettings,
  { ownSecrets = [] }: RedactorOptions = {},
): Redactor {
  const applied = applySettings(settings)
  let onTaken: (rule: string) => void = () => undefined
  const takes = createTakes(applied.off, rule => onTaken(rule))
  const search = createKindSearch(chooseTextRules(applied, ownSecrets), takes)
  const takeDeep = takes.takeFor(TOO_LONG_RULE)
  const takeFailed = takes.takeFor(ERROR_RULE)

  const makePlan = (key: string): Plan => {
    const kind = kindOf(key, applied.isAdded)
    const name = search.text(key)
    return {
      key,
      name,
      renamed: name !== key,
      kind,
      search: search[kind],
      whole: WHOLE.has(kind),
      repeats: kind !== 'address',
      clean: undefined,
      otherClean: undefined,
      next: undefined,
      otherNext: undefined,
    }
  }
  let plans = new Map<string, Plan>()
  let start = makePlan('')
  const planOf = (key: string): Plan => {
    const existing = plans.get(key)
    if (existing !== undefined) return existing
    if (plans.size >= MAX_KEYS) {
      plans = new Map()
      start = makePlan('')
    }
    const made = makePlan(key)
    plans.set(key, made)
    return made
  }

  /** The plan of what comes after that of `before`, which is not what came last. */
  const follow = (before: Plan, key: string): Plan => {
    const other = before.otherNext
    const plan = other?.key === key ? other : planOf(key)
    before.otherNext = before.next
    before.next = plan
    return plan
  }

  const redactString = (plan: Plan, value: string): string => {
    const result = plan.search(value)
    if (result === value && plan.repeats && value.length <= MAX_REMEMBERED) {
      plan.otherClean = plan.clean
      plan.clean = value
    }
    return result
  }
  const redactNumber = (plan: Plan, value: number | bigint): unknown => {
    if (!plan.whole && value < MIN_CARD_NUMBER) return value
    const text = String(value)
    const result = redactString(plan, text)
    return result === text ? value : result
  }
  const redactList = (plan: Plan, list: readonly unknown[], depth: number): unknown => {
    const isArguments = plan.kind === 'arguments'
    const result = list.map((item, at) =>
      redactValue(isArguments && namesSecret(list[at - 1]) ? planOf('secret') : plan, item, depth),
    )
    return result.some((item, at) => item !== list[at]) ? result : list
  }
  const redactObject = (plan: Plan, value: object, depth: number): unknown => {
    if (plan.kind === 'parameters') return redactObject(planOf('url.query'), value, depth)
    if (plan.kind === 'headers') return redactHeaders(value as Record<string, unknown>, depth)
    // Nothing stands for it, unless its rule is off.
    const taken = plan.whole ? plan.search(OBJECT) : OBJECT
    if (taken !== OBJECT) return taken
    if (ArrayBuffer.isView(value)) return search.body(OBJECT)
    if (value instanceof Date) return value
    const { toJSON } = value as { toJSON?: unknown }
    return typeof toJSON === 'function'
      ? redactValue(plan, Reflect.apply(toJSON, value, []), depth)
      : redactSafely(value, depth)
  }
  const redactHeaders = (headers: Record<string, unknown>, depth: number): unknown =>
    Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        search.text(name),
        redactValue(planOf(`${HEADER_PREFIX}${name}`), value, depth),
      ]),
    )
  const redactValue = (plan: Plan, value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return redactString(plan, value)
    if (typeof value === 'number' || typeof value === 'bigint') return redactNumber(plan, value)
    if (typeof value !== 'object' || value === null) return value
    if (depth >= MAX_DEPTH) return takeDeep(OBJECT)
    return Array.isArray(value)
      ? redactList(plan, value, depth + 1)
      : redactObject(plan, value, depth + 1)
  }
  const redactFields = (values: Fields, depth: number): Fields => {
    let copy: Fields | undefined
    let before = start
    for (const key in values) {
      let plan = before.next
      if (plan === undefined || plan.key !== key) plan = follow(before, key)
      before = plan
      const value = values[key]
      // Mostly this is all there is to do.
      if (!plan.renamed) {
        if (typeof value === 'string') {
          if (value === plan.clean || value === plan.otherClean) continue
          if (redactString(plan, value) === value) continue
        } else if (typeof value === 'number' && value < MIN_CARD_NUMBER && !plan.whole) continue
      }
      const result = redactValue(plan, value, depth)
      if (result === value && !plan.renamed) continue
      copy ??= { ...values }
      if (plan.renamed) delete copy[key]
      copy[plan.name] = result
    }
    return copy ?? values
  }
  /** Where something throws: each field by itself, so that the others are not lost with it. */
  const redactEach = (values: Fields, depth: number): Fields => {
    const copy: Fields = {}
    for (const key in values) {
      const name = redactOr(() => planOf(key).name)
      copy[name] = redactOr(() => redactValue(planOf(key), values[key], depth))
    }
    return copy
  }
  const redactSafely = <Values extends object>(values: Values, depth: number): Values => {
    try {
      return redactFields(values as Fields, depth) as Values
    } catch {
      // A mistake of ours, or a getter that throws: neither may let a secret through, or fail anything else.
      return redactEach(values as Fields, depth) as Values
    }
  }
  const redactOr = <Value>(redact: () => Value): Value | string => {
    try {
      return redact()
    } catch {
      // As above.
      return takeFailed('')
    }
  }

  return {
    notices: applied.notices,
    listen: listener => void (onTaken = listener),
    text(text) {
      try {
        return search.text(text)
      } catch {
        // As above.
        return takeFailed('')
      }
    },
    attribute: (key, value) => redactOr(() => redactValue(planOf(key), value, 0)),
    attributes: attributes => redactSafely(attributes, 0),
    explain(text, key) {
      const [result, taken] = takes.record(() =>
        redactOr(() => (key === undefined ? search.text(text) : redactString(planOf(key), text))),
      )
      return { result, taken }
    },
  }
}

/** Whether an argument is `--password` or the like, whose value is the next one. */
const namesSecret = (argument: unknown): boolean =>
  typeof argument === 'string' && /^--?[A-Za-z][\w-]*$/.test(argument) && isSecretName(argument)
