import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Problem } from '@throughline/catalog'

/** A value of a YAML file that knows where it stands. */
export interface Located {
  /** `file:line:column`. */
  readonly at: string
  readonly value: string | number | boolean | null | readonly Located[] | LocatedMap
}

export type LocatedMap = ReadonlyMap<string, Located>

/** A YAML file, with every mistake in it. */
export interface LocatedFile {
  readonly root: Located | undefined
  readonly problems: readonly Problem[]
}

/** Reads the text of a YAML file; anchors and aliases are followed. Never throws. */
export function parseLocated(text: string, file: string): LocatedFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => ({
      at: at(pos[0]),
      message: `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
      fix: 'mend the YAML here',
    }))
    return { root: undefined, problems }
  }
  const place = (node: Node): string => at(node.range?.[0] ?? 0)
  const locate = (node: unknown): Located => {
    if (isAlias(node)) {
      const target = node.resolve(document)
      return target === undefined ? { at: place(node), value: null } : locate(target)
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => {
        const name = isScalar(key) ? String(key.value) : ''
        const found = value === null ? { at: place(key as Node), value: null } : locate(value)
        return [name, found] as const
      })
      return { at: place(node), value: new Map(entries) }
    }
    if (isSeq(node)) return { at: place(node), value: node.items.map(locate) }
    const value = isScalar(node) ? node.value : null
    const plain = typeof value === 'object' ? null : (value as string | number | boolean)
    return { at: isScalar(node) ? place(node) : `${file}:1:1`, value: plain }
  }
  return { root: document.contents === null ? undefined : locate(document.contents), problems: [] }
}

/** The entries of a mapping; none of anything else. */
export function entriesOf(node: Located | undefined): LocatedMap {
  return node?.value instanceof Map ? (node.value as LocatedMap) : new Map()
}

/** The items of a list; none of anything else. */
export function itemsOf(node: Located | undefined): readonly Located[] {
  return Array.isArray(node?.value) ? (node.value as readonly Located[]) : []
}

/** A text, or a number as it reads; nothing of anything else. */
export function textOf(node: Located | undefined): string | undefined {
  const value = node?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
