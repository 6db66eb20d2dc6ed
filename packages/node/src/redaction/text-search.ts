import { createMemo } from '../memo.ts'
import type { Rule, Take, TextRule } from './rule.ts'
import { TOO_LONG_RULE } from './rules.ts'

/** Gives a text without the secrets in it; the very same text when there are none. */
export type SearchText = (text: string) => string

/** Longest text that is searched. */
const MAX_LENGTH = 32_768
/** A cut moves back so far to the end of a word, so as not to halve a secret. */
const MAX_CUT_BACK = 1024
/** As many texts are at hand, a power of 2, and none that is longer. */
const RECENT = 128
const MAX_RECENT_LENGTH = 1024
/** Two passes do for nearly every text that holds something. */
const MAX_PASSES = 6

/** Searches texts by `rules`, those of which `mayFind` says so. */
export function createTextSearch(
  rules: readonly TextRule[],
  mayFind: (text: string) => boolean,
  takeFor: (rule: Rule) => Take,
): SearchText {
  const steps = rules.map(rule => ({ rule, take: takeFor(rule) }))
  const takeRest = takeFor(TOO_LONG_RULE)
  const clean = createMemo<true>()
  // In front of that what was clean of late: to find it there is faster than to look at it.
  const recent = Array.from({ length: RECENT }, () => '')

  const pass = (text: string): string => {
    let result = text
    for (const { rule, take } of steps) result = rule.redact(result, take)
    return result
  }
  const search = repeatSearch(pass)
  return text => {
    const slot = (text.length * 31 + text.charCodeAt(text.length - 1)) & (RECENT - 1)
    if (recent[slot] === text) return text
    if (text.length <= MAX_RECENT_LENGTH && !mayFind(text)) return (recent[slot] = text)
    if (clean.get(text) === true) return text
    if (text.length > MAX_LENGTH) {
      const end = endOfSearch(text)
      return search(text.slice(0, end)) + takeRest(text.slice(end))
    }
    const result = search(text)
    if (result === text) {
      clean.set(text, true)
      if (text.length <= MAX_RECENT_LENGTH) recent[slot] = text
    }
    return result
  }
}

/** Searches until nothing is found any more: what one rule leaves may be what another looks for. */
export function repeatSearch(search: SearchText): SearchText {
  return text => {
    let result = search(text)
    if (result === text) return text
    for (let passes = 1; passes < MAX_PASSES; passes++) {
      const next = search(result)
      if (next === result) break
      result = next
    }
    return result
  }
}

function endOfSearch(text: string): number {
  for (let end = MAX_LENGTH; end > MAX_LENGTH - MAX_CUT_BACK; end--) {
    if (/[\s,;&]/.test(text[end - 1] ?? '')) return end
  }
  return MAX_LENGTH
}
