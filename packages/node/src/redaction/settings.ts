import type { RedactionSettings } from '../environment.ts'
import type { TextRule } from './rule.ts'
import { PATTERN_RULE, RULES } from './rules.ts'
import { toSnakeCase } from './secret-names.ts'

/** What the settings come to. */
export interface AppliedSettings {
  /** Names of the rules that are off. */
  readonly off: ReadonlySet<string>
  /** Whether the settings make this the name of a secret. */
  readonly isAdded: (name: string) => boolean
  readonly patterns: readonly TextRule[]
  /** What is to be said at start: what is off, and what was not understood. */
  readonly notices: readonly string[]
}

/** Applies settings; what is not understood is said, and switches nothing off. */
export function applySettings({ keys, patterns, allow }: RedactionSettings): AppliedSettings {
  const notices: string[] = []
  return {
    off: readAllowed(allow, notices),
    isAdded: addNames(keys),
    patterns: patterns.flatMap(source => readPattern(source, notices)),
    notices,
  }
}

function readAllowed(allow: readonly string[], notices: string[]): Set<string> {
  const off = new Set<string>()
  for (const name of allow) {
    const rule = RULES.find(known => known.name === name.toLowerCase())
    if (rule === undefined) {
      const what = /^(?:\*|all)$/i.test(name)
        ? 'redaction is not switched off as a whole'
        : `there is no rule of redaction called ${JSON.stringify(name)}`
      notices.push(`${what}; throughline redact --rules lists them`)
    } else if (rule.fixed === true) {
      notices.push(`the rule of redaction ${rule.name} cannot be switched off`)
    } else {
      off.add(rule.name)
      notices.push(`the rule of redaction ${rule.name} is off, so these are sent: ${rule.meaning}`)
    }
  }
  return off
}

function addNames(keys: readonly string[]): (name: string) => boolean {
  const added = keys.map(toSnakeCase).filter(name => name !== '')
  if (added.length === 0) return () => false
  return name => {
    const snake = toSnakeCase(name)
    return added.some(key => snake === key || snake.endsWith(`_${key}`))
  }
}

function readPattern(source: string, notices: string[]): TextRule[] {
  try {
    if (new RegExp(source).test('')) {
      notices.push(`the pattern ${source} of redaction matches nothing at all, too; it is left out`)
      return []
    }
    // What a rule has left there is eaten first.
    const pattern = new RegExp(`\\[redacted:[\\w-]+\\]|(?:${source})`, 'g')
    return [
      {
        ...PATTERN_RULE,
        redact: (text, take) =>
          text.replaceAll(pattern, found =>
            /^\[redacted:[\w-]+\]$/.test(found) ? found : take(found),
          ),
      },
    ]
  } catch (error) {
    notices.push(`a pattern of redaction is left out: ${(error as Error).message}`)
    return []
  }
}
