/** Texts that are known, as many as fit. */
export interface Memo<Value> {
  get(text: string): Value | undefined
  set(text: string, value: Value): void
}

/** Most texts of one generation, and most characters of all of them together. */
const MAX_TEXTS = 1000
const MAX_CHARACTERS = 262_144
/** A longer text is not remembered. */
const MAX_LENGTH = 8192

/**
 * Remembers texts that come again: the latest 1,000 to 2,000, half a million characters at most. What is asked for
 * stays; what is not is forgotten when two generations have gone by.
 */
export function createMemo<Value>(): Memo<Value> {
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()
  let characters = 0
  const set = (text: string, value: Value): void => {
    if (text.length > MAX_LENGTH) return
    if (young.size >= MAX_TEXTS || characters + text.length > MAX_CHARACTERS) {
      old = young
      young = new Map()
      characters = 0
    }
    young.set(text, value)
    characters += text.length
  }
  return {
    get(text) {
      const known = young.get(text)
      if (known !== undefined || old.size === 0) return known
      const remembered = old.get(text)
      if (remembered !== undefined) set(text, remembered)
      return remembered
    },
    set,
  }
}
