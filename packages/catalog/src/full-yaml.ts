import { createRequire } from 'node:module'
import type { Alias, Node } from 'yaml'
import {
  aliasInItself,
  mistakesOf,
  tooDeep,
  tooMany,
  unknownAlias,
  type YamlMistake,
} from './yaml-mistakes.ts'
import type { YamlEntry, YamlNode } from './yaml-node.ts'

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
  if (exhausted !== undefined) {
    // How far the parser came on the line depends on how much of the stack was left.
    const lineStart = text.lastIndexOf('\n', exhausted.pos[0] - 1) + 1
    return { ok: false, mistakes: [tooDeep(lineStart, MAX_DEPTH)] }
  }
  const mistakes = mistakesOf([...first.errors, ...first.warnings], text)
  if (second !== undefined) {
    const dashes = text.indexOf('---', first.range[1])
    mistakes.push({
      offset: dashes === -1 ? second.range[0] : dashes,
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
  const mistakes: YamlMistake[] = []
  const anchors = new Map<string, Node>()
  /** Collections that are being read. */
  const open = new Set<Node>()
  let values = 0
  /** Where the outermost alias stands that is being expanded. */
  let expanding: number | undefined
  let stopped = false

  const nothing = (start: number): YamlNode => ({ kind: 'scalar', start, value: null })
  const refuse = (mistake: YamlMistake): YamlNode => {
    mistakes.push(mistake)
    return nothing(mistake.offset)
  }
  const stop = (mistake: YamlMistake): YamlNode => {
    stopped = true
    return refuse(mistake)
  }
  const alias = (node: Alias, start: number): YamlNode => {
    const target = anchors.get(node.source)
    if (target === undefined) return refuse(unknownAlias(node, start, anchors.keys()))
    if (open.has(target)) return refuse(aliasInItself(node, start))
    const outer = expanding
    expanding ??= start
    const copy = read(target, start)
    expanding = outer
    return { ...copy, start }
  }
  /** `emptyAt`: where to say that a value is missing. */
  const read = (node: Node | null, emptyAt: number): YamlNode => {
    const start = node?.range?.[0] ?? emptyAt
    if (node === null || stopped) return nothing(start)
    if (++values > MAX_VALUES) return stop(tooMany(expanding ?? start, MAX_VALUES))
    if (open.size === MAX_DEPTH) return stop(tooDeep(expanding ?? start, MAX_DEPTH))
    if (yaml.isAlias(node)) return alias(node, start)
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
    if (yaml.isScalar(node)) {
      const value = node.value as string | number | boolean | null
      const isEmpty = value === null && node.range?.[0] === node.range?.[1]
      return { kind: 'scalar', start: isEmpty ? emptyAt : start, value }
    }
    open.add(node)
    const collection = readCollection(node, start)
    open.delete(node)
    return collection
  }
  const readCollection = (node: Node, start: number): YamlNode => {
    if (yaml.isMap<Node, Node | null>(node)) {
      return { kind: 'map', start, entries: node.items.map(readEntry) }
    }
    const items = yaml.isSeq<Node | null>(node) ? node.items : []
    return { kind: 'list', start, items: items.map(item => read(item, start)) }
  }
  const readEntry = ({ key, value }: { key: Node; value: Node | null }): YamlEntry => {
    const keyStart = key.range?.[0] ?? 0
    const written = yaml.isScalar(key) ? String(key.value) : ''
    return { key: written, keyStart, value: read(value, keyStart) }
  }

  const root = contents === null ? undefined : read(contents, 0)
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, root }
}
