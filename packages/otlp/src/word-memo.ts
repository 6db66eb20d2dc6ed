const SLOTS = 1024
const LONGEST = 48

/**
 * Short words of one request, each kept once: names of attributes and most of their values come in every span.
 *
 * A word that is met again costs no new string, neither in time nor in memory.
 */
export class WordMemo {
  readonly #words: (string | undefined)[] = Array.from({ length: SLOTS }, () => undefined)

  /** The text of the bytes from `start` to before `end`, read as UTF-8. */
  read(bytes: Buffer, start: number, end: number): string {
    const length = end - start
    if (length > LONGEST) return bytes.toString('utf8', start, end)
    let hash = length
    let seen = 0
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number
      hash = (Math.imul(hash, 31) + byte) | 0
      seen |= byte
    }
    // Only in ASCII is a byte a character.
    if (seen > 127) return bytes.toString('utf8', start, end)
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    const known = this.#words[slot]
    if (known !== undefined && known.length === length && isAt(known, bytes, start)) return known
    const word = bytes.toString('latin1', start, end)
    this.#words[slot] = word
    return word
  }
}

function isAt(word: string, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (word.charCodeAt(index) !== bytes[start + index]) return false
  }
  return true
}
