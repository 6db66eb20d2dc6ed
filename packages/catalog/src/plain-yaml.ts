import type { YamlEntry, YamlNode } from './yaml-node.ts'

/**
 * Reads the plain part of YAML that a catalog needs; gives nothing for any text outside it.
 *
 * The `yaml` package takes 45 ms of an application's start to be loaded and to read a hundred routes;
 * this takes 4. It knows block and flow collections, quoted and plain scalars on one line, and comments.
 * Whatever else it meets (anchors, tags, block scalars, escapes, several lines in one scalar, tabs, a
 * mistake) it leaves to that package, so it never has to tell what is wrong. A test holds both to the
 * same answer.
 */
export function parsePlainYaml(text: string): YamlNode | undefined {
  if (OUTSIDE.test(text)) return undefined
  try {
    return createReader(text).document()
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

class NotPlain extends Error {}

/** Characters that make the text not plain: tabs, carriage returns, controls, the byte order mark. */
const OUTSIDE = /[^\n\x20-\x7e\xa0-\ufefe\uff00-\ufffd]/

const KEY = /\w[\w./@-]*/y
const BLOCK_PLAIN = /[^\s,[\]{}#&*!|>'"%@`?:-](?:[^\n:#]|:(?=[^\s])|(?<=\S)#)*/y
const FLOW_PLAIN = /[^\s,[\]{}#&*!|>'"%@`?:-](?:[^\n:#,[\]{}]|:(?=[^\s,[\]{}])|(?<=\S)#)*/y
const DOUBLE_QUOTED = /"([^"\\\n]*)"/y
const SINGLE_QUOTED = /'([^'\n]*)'(?!')/y
const NUMBER = /^\d+(?:\.\d+)?$/
const WORDS = new Map<string, boolean | null>([
  ['null', null],
  ['true', true],
  ['false', false],
])
/** Plain scalars that YAML reads as something other than text, in rarer spellings than the ones above. */
const RARE = /^(?:~|null|true|false|0o[0-7]+|0x[\da-f]+|\d+\.|\d+(?:\.\d*)?e[-+]?\d+|[.+].*)$/i

const MAX_DEPTH = 32

interface Reader {
  document(): YamlNode
}

function createReader(text: string): Reader {
  let at = 0
  let lineStart = 0
  let depth = 0

  const fail = (): never => {
    throw new NotPlain('not plain YAML')
  }
  const column = (): number => at - lineStart
  const isGap = (offset: number): boolean => {
    const character = text[offset]
    return character === undefined || character === ' ' || character === '\n'
  }
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null) return undefined
    at = pattern.lastIndex
    return found[1] ?? found[0]
  }
  const skipSpaces = (): void => {
    while (text[at] === ' ') at++
  }
  /** Goes over what is left of a line that must hold no more than a comment. */
  const endLine = (): void => {
    const before = at
    skipSpaces()
    if (text[at] === '#' && at > before) skipComment()
    if (at < text.length && text[at] !== '\n') fail()
  }
  const skipComment = (): void => {
    const end = text.indexOf('\n', at)
    at = end === -1 ? text.length : end
  }
  /** Goes to the first character of the next line that has content, from the end of a line. */
  const nextContent = (): void => {
    while (at < text.length) {
      at++
      lineStart = at
      skipSpaces()
      if (text[at] === '#') skipComment()
      else if (text[at] !== '\n') break
    }
  }
  const nested = (read: () => YamlNode): YamlNode => {
    depth++
    if (depth > MAX_DEPTH) fail()
    const node = read()
    depth--
    return node
  }

  const quoted = (): string | undefined => {
    if (text[at] === '"') return take(DOUBLE_QUOTED) ?? fail()
    if (text[at] === "'") return take(SINGLE_QUOTED) ?? fail()
    return undefined
  }
  const scalar = (plain: RegExp): YamlNode => {
    const start = at
    const literal = quoted()
    if (literal !== undefined) return { kind: 'scalar', start, value: literal }
    const written = (take(plain) ?? fail()).replace(/ +$/, '')
    at = start + written.length
    return { kind: 'scalar', start, value: typed(written) }
  }
  const typed = (written: string): string | number | boolean | null => {
    const word = WORDS.get(written)
    if (word !== undefined) return word
    if (NUMBER.test(written)) return Number(written)
    return RARE.test(written) ? fail() : written
  }

  /** A flow collection's inner space: its lines must stand further in than `indent`. */
  const skipFlowSpace = (indent: number): void => {
    for (;;) {
      const before = at
      skipSpaces()
      if (text[at] === '#' && at > before) skipComment()
      if (text[at] !== '\n') break
      // The yaml package takes a comment at the very start of a line in a flow collection for a mistake.
      if (text[at + 1] === '#') fail()
      nextContent()
      if (column() <= indent) fail()
    }
  }
  const flowList = (indent: number): YamlNode => {
    const start = at++
    const items: YamlNode[] = []
    skipFlowSpace(indent)
    while (text[at] !== ']') {
      items.push(flowValue(indent))
      skipFlowSpace(indent)
      if (text[at] === ',') at++
      else if (text[at] !== ']') fail()
      skipFlowSpace(indent)
    }
    at++
    return { kind: 'list', start, items }
  }
  const flowMap = (indent: number): YamlNode => {
    const start = at++
    const entries: YamlEntry[] = []
    skipFlowSpace(indent)
    while (text[at] !== '}') {
      const keyStart = at
      const key = quoted() ?? take(KEY) ?? fail()
      if (text[at] !== ':' || !isGap(at + 1)) fail()
      at++
      skipFlowSpace(indent)
      entries.push({ key, keyStart, value: flowValue(indent) })
      skipFlowSpace(indent)
      if (text[at] === ',') at++
      else if (text[at] !== '}') fail()
      skipFlowSpace(indent)
    }
    at++
    return { kind: 'map', start, entries }
  }
  const flowValue = (indent: number): YamlNode =>
    nested(() => {
      if (text[at] === '{') return flowMap(indent)
      if (text[at] === '[') return flowList(indent)
      return scalar(FLOW_PLAIN)
    })

  /** A value on the line of its key or dash. */
  const inlineValue = (indent: number): YamlNode => {
    const isFlow = text[at] === '{' || text[at] === '['
    const node = isFlow ? flowValue(indent) : scalar(BLOCK_PLAIN)
    endLine()
    nextContent()
    return node
  }
  /** The value of a key, or of a dash, which stands behind it or on the lines below, further in than `indent`. */
  const value = (indent: number, keyStart?: number): YamlNode => {
    skipSpaces()
    if (text[at] === '#') skipComment()
    if (at < text.length && text[at] !== '\n') return inlineValue(indent)
    nextContent()
    if (at < text.length && column() > indent) return block(indent)
    if (keyStart === undefined) return fail()
    if (at < text.length && column() === indent && isDash()) return nested(blockList)
    return { kind: 'scalar', start: keyStart, value: null }
  }
  const isDash = (): boolean => text[at] === '-' && isGap(at + 1)
  const startsKey = (): boolean => {
    const before = at
    const key = text[at] === '"' || text[at] === "'" ? quoted() : take(KEY)
    const found = key !== undefined && text[at] === ':' && isGap(at + 1)
    at = before
    return found
  }

  const blockMap = (): YamlNode => {
    const indent = column()
    const start = at
    const entries: YamlEntry[] = []
    do {
      const keyStart = at
      const key = quoted() ?? take(KEY) ?? fail()
      if (text[at] !== ':' || !isGap(at + 1)) fail()
      at++
      entries.push({ key, keyStart, value: value(indent, keyStart) })
    } while (at < text.length && column() === indent && !isDash())
    if (at < text.length && column() > indent) fail()
    return { kind: 'map', start, entries }
  }
  const blockList = (): YamlNode => {
    const indent = column()
    const start = at
    const items: YamlNode[] = []
    do {
      at++
      skipSpaces()
      if (isDash()) fail()
      items.push(nested(() => (startsKey() ? blockMap() : value(indent))))
    } while (at < text.length && column() === indent && isDash())
    if (at < text.length && column() > indent) fail()
    return { kind: 'list', start, items }
  }
  const block = (indent: number): YamlNode =>
    nested(() => {
      if (isDash()) return blockList()
      if (text[at] === '{' || text[at] === '[') return inlineValue(indent)
      return blockMap()
    })

  return {
    document() {
      at = -1
      nextContent()
      if (at >= text.length) fail()
      const node = block(-1)
      return at >= text.length && depth === 0 ? node : fail()
    },
  }
}
