/** Takes out what a rule has found; gives what stands in its place. */
export type Take = (found: string) => string

/** One thing that never leaves the process. */
export interface Rule {
  /** What it is called in settings, in metrics and in what it leaves: `email`. */
  readonly name: string
  /** What is taken out, and why. */
  readonly meaning: string
  /** What stands in its place. @default `[redacted:<name>]` */
  readonly replacement?: string
  /** Whether it holds whatever the settings say. */
  readonly fixed?: true
}

/** A rule that finds something in any text. */
export interface TextRule extends Rule {
  /**
   * Gives `text` without what it finds, each by way of `take`. Linear in the length of `text`, and leaves alone what a
   * rule has left there before.
   */
  redact(text: string, take: Take): string
}

/** What a rule leaves in the place of what it takes. */
export const replacementOf = ({ name, replacement }: Rule): string =>
  replacement ?? `[redacted:${name}]`

/** A rule that takes out every match of a regular expression, which has to be global. */
export function findPattern(rule: Rule, pattern: RegExp): TextRule {
  return { ...rule, redact: (text, take) => text.replaceAll(pattern, take) }
}

/**
 * Takes out the matches of a regular expression that `lengthOf` confirms, as many characters of each as it says. What it
 * does not confirm may overlap with what it does: the search goes on at the next character.
 */
export function findChecked(
  rule: Rule,
  pattern: RegExp,
  lengthOf: (found: string) => number,
): TextRule {
  return {
    ...rule,
    redact(text, take) {
      pattern.lastIndex = 0
      let result = ''
      let rest = 0
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        const length = lengthOf(match[0])
        const end = match.index + length
        if (length > 0) {
          result += text.slice(rest, match.index) + take(text.slice(match.index, end))
          rest = end
        }
        pattern.lastIndex = length > 0 ? end : match.index + 1
      }
      return rest === 0 ? text : result + text.slice(rest)
    },
  }
}
