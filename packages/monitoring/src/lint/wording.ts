import { nearest } from '@throughline/catalog'

const MOST_NAMED = 8

/** A text in quotes. */
export const quote = (text: string): string => JSON.stringify(text)

/** The edit that replaces a wrong word: by the nearest known one, else by one of those there are. */
export function replacementFor(word: string, known: Iterable<string>, otherwise?: string): string {
  const candidates = [...known]
  const near = nearest(word, candidates)
  if (near !== undefined)
    return otherwise === undefined ? `write ${near}` : `write ${near}, or ${otherwise}`
  if (otherwise !== undefined) return otherwise
  return `write one of: ${listFew(candidates)}`
}

/** The first few of many, and how many more there are. */
export function listFew(items: readonly string[]): string {
  const more = items.length - MOST_NAMED
  const named = items.slice(0, MOST_NAMED).join(', ')
  return more > 0 ? `${named} and ${more} more` : named
}

/** `1 alert`, `3 alerts`. */
export const count = (amount: number, noun: string): string =>
  `${amount} ${noun}${amount === 1 ? '' : 's'}`
