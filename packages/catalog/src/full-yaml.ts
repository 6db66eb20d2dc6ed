import { createRequire } from 'node:module'
import type { Alias, ErrorCode, Node, YAMLError } from 'yaml'
import type { YamlEntry, YamlNode } from './yaml-node.ts'

/** A mistake in the YAML itself. */
export interface YamlMistake {
  readonly offset: number
  readonly message: string
  readonly fix: string
}

/** What reading any YAML gives. */
export type FullYaml =
  | { readonly ok: true; readonly root: YamlNode | undefined }
  | { readonly ok: false; readonly mistakes: readonly YamlMistake[] }

/** Deepest nesting, and most values with aliases expanded: a bound on what a file can cost. */
const MAX_DEPTH = 32
const MAX_VALUES = 100_000

/**
 * Reads any YAML 1.2 with the `yaml` package, which is loaded only now: most starts never need it.
 *
 * Gives nothing when the package is not there, as in an application bundled into one file.
 */
export function readFullYaml(text: string): FullYaml | undefined {
  const yaml = loadYaml()
  if (yaml === undefined) return undefined
  const documents = yaml.parseAllDocuments(text, {
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
  })
  const [first, second] = documents
  if (first === undefined) return { ok: true, root: undefined }

  const exhausted = first.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  if (exhausted !== undefined) return { ok: false, mistakes: [tooDeep(exhausted.pos[0])] }
  const mistakes = firstOfEachLine([...first.errors, ...first.warnings], text).map(error =>
    mistakeOf(error, text),
  )
  if (second !== undefined) {
    mistakes.push({
      offset: text.indexOf('---', first.range[1]),
      message: 'a second document starts here',
      fix: 'keep one catalog in the file: remove the line "---" and what is under it',
    })
  }
  if (mistakes.length > 0) return { ok: false, mistakes }
  return convert(yaml, first.contents)
}

type YamlPackage = typeof import('yaml')

function loadYaml(): YamlPackage | undefined {
  try {
    return createRequire(import.meta.url)('yaml') as YamlPackage
  } catch (error) {
    if ((error as { code?: unknown }).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** Turns the package's tree into ours, aliases expanded. */
function convert(yaml: YamlPackage, contents: Node | null): FullYaml {
  const anchors = new Map<string, Node>()
  const mistakes: YamlMistake[] = []
  let values = 0
  let depth = 0

  const refuse = (offset: number, mistake: YamlMistake): YamlNode => {
    mistakes.push(mistake)
    return { kind: 'scalar', start: offset, value: null }
  }
  const alias = (node: Alias, start: number): YamlNode => {
    const target = anchors.get(node.source)
    if (target === undefined) return refuse(start, unknownAlias(node, start, anchors))
    const copy = read(target, start)
    return { ...copy, start }
  }
  /** `emptyAt`: where to say that a value is missing. */
  const read = (node: Node | null, emptyAt: number): YamlNode => {
    const start = node?.range?.[0] ?? emptyAt
    if (node === null || mistakes.length > 0) return { kind: 'scalar', start, value: null }
    if (++values > MAX_VALUES) return refuse(start, tooMany(start))
    if (depth === MAX_DEPTH) return refuse(start, tooDeep(start))
    if (yaml.isAlias(node)) return alias(node, start)
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
    if (yaml.isScalar(node)) {
      const value = node.value as string | number | boolean | null
      const isEmpty = value === null && node.range?.[0] === node.range?.[1]
      return { kind: 'scalar', start: isEmpty ? emptyAt : start, value }
    }
    depth++
    const collection = yaml.isMap<Node, Node | null>(node)
      ? { kind: 'map' as const, start, entries: node.items.map(entry) }
      : {
          kind: 'list' as const,
          start,
          items: itemsOf(node).map(item => read(item, item?.range?.[0] ?? start)),
        }
    depth--
    return collection
  }
  const itemsOf = (node: Node): (Node | null)[] => (yaml.isSeq<Node | null>(node) ? node.items : [])
  const entry = ({ key, value }: { key: Node; value: Node | null }): YamlEntry => {
    const keyStart = key.range?.[0] ?? 0
    const written = yaml.isScalar(key) ? String(key.value) : ''
    if (yaml.isAlias(key)) refuse(keyStart, aliasAsKey(key, keyStart))
    return { key: written, keyStart, value: read(value, keyStart) }
  }

  const root = contents === null ? undefined : read(contents, 0)
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, root }
}

/** One mistake makes the parser stumble several times on its line. */
function firstOfEachLine(errors: readonly YAMLError[], text: string): YAMLError[] {
  const lines = new Set<number>()
  return errors.filter(({ pos: [offset] }) => {
    const line = text.lastIndexOf('\n', offset - 1)
    return !lines.has(line) && lines.add(line)
  })
}

const FIXES: Partial<Record<ErrorCode, string>> = {
  BAD_DIRECTIVE: 'remove the line that starts with "%"',
  BAD_DQ_ESCAPE: 'write the value in single quotes, or "\\\\" for a backslash',
  BAD_SCALAR_START: 'write the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'write a value that holds ": " in quotes, or begin its key on the next line',
  BLOCK_IN_FLOW: 'put a comma between the entries',
  NON_STRING_KEY: 'write a plain word as the key',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'remove the tag',
}

function mistakeOf({ code, message, pos }: YAMLError, text: string): YamlMistake {
  const [offset] = pos
  const reason = message.charAt(0).toLowerCase() + message.slice(1)
  return {
    offset,
    message: `not valid YAML at "${lineAround(text, offset)}": ${reason}`,
    fix: FIXES[code] ?? fixOf(message),
  }
}

function fixOf(message: string): string {
  if (message.endsWith('quote')) return 'close the quote that is open'
  if (message.includes('end with a'))
    return `close the bracket with ${message.at(-1)}, or indent what is inside it`
  if (message.includes('same column')) return 'indent the key as the keys beside it'
  if (message.includes('followed by map values'))
    return 'write ": " with a space between key and value'
  return 'mend the YAML here'
}

function lineAround(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  const whole = text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end)
  return whole.trim().slice(0, 60)
}

function unknownAlias(
  { source }: Alias,
  offset: number,
  anchors: ReadonlyMap<string, Node>,
): YamlMistake {
  const known = [...anchors.keys()].map(name => `*${name}`).join(', ')
  return {
    offset,
    message: `alias "*${source}" has no anchor above it`,
    fix:
      known === ''
        ? `write the value out, or "&${source}" before the value it repeats`
        : `write one of: ${known}`,
  }
}

const aliasAsKey = ({ source }: Alias, offset: number): YamlMistake => ({
  offset,
  message: `alias "*${source}" is used as a key`,
  fix: 'write the key out',
})

const tooDeep = (offset: number): YamlMistake => ({
  offset,
  message: `nested deeper than ${MAX_DEPTH} levels`,
  fix: 'remove the nesting: a catalog needs no more than eight levels',
})

const tooMany = (offset: number): YamlMistake => ({
  offset,
  message: `more than ${MAX_VALUES} values, with aliases expanded`,
  fix: 'write the values out in place of the aliases',
})
