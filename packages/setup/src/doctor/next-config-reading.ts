import type { Expression, Node } from 'oxc-parser'
import { lineAt, type Source, readSource, walk } from '../edits/source.ts'
import { readText } from '../plan/read-text.ts'
import { importedNames, nameOf } from './imported-names.ts'

/** A property that an object of a configuration has, wherever it is. */
export interface ConfigProperty {
  readonly value: Expression
  readonly line: number
}

/** What can be told of a configuration of Next.js by reading it. */
export interface ConfigReading {
  readonly source: Source
  /** Whether it calls our wrapper. */
  readonly isWrapped: boolean
  propertiesOf(name: string): readonly ConfigProperty[]
  /** Where a property is set over what our wrapper gave, and does not hold it. */
  readonly overridesOf: (name: string) => readonly ConfigProperty[]
}

/** Reads a configuration; undefined where there is none, or it cannot be parsed, which Next.js says itself. */
export function readNextConfig(path: string | undefined): ConfigReading | undefined {
  const read = path === undefined ? undefined : readSource(readText(path) ?? '', path)
  if (read?.ok !== true) return undefined
  const { source } = read
  const wrappers = new Set(
    importedNames(source)
      .filter(({ from }) => from === '@throughline/next/config')
      .map(({ local }) => local),
  )
  const wraps = (node: Node): boolean =>
    contains(
      node,
      below =>
        below.type === 'CallExpression' &&
        (wrappers.has(nameOf(below.callee)) ||
          (below.callee.type === 'MemberExpression' && wrappers.has(nameOf(below.callee.object)))),
    )
  const fromWrapper = new Set<string>()
  const properties: { name: string; found: ConfigProperty; isOverride: boolean }[] = []
  walk(source.program, node => {
    if (node.type === 'VariableDeclarator' && node.init !== null && wraps(node.init))
      fromWrapper.add(nameOf(node.id))
    if (node.type !== 'ObjectExpression') return
    let isOverride = false
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        isOverride ||= wraps(property.argument) || refersTo(property.argument, fromWrapper)
        continue
      }
      const name = nameOf(property.key)
      properties.push({
        name,
        found: { value: property.value, line: lineAt(source.text, property.start) },
        isOverride: isOverride && !readsProperty(property.value, name),
      })
    }
  })
  const of = (name: string): typeof properties =>
    properties.filter(property => property.name === name)
  return {
    source,
    isWrapped: wraps(source.program),
    propertiesOf: name => of(name).map(({ found }) => found),
    overridesOf: name =>
      of(name)
        .filter(({ isOverride }) => isOverride)
        .map(({ found }) => found),
  }
}

/** The texts in a list that is written out. */
export function textsIn(list: Expression): readonly string[] {
  if (list.type !== 'ArrayExpression') return []
  return list.elements.flatMap(element =>
    element?.type === 'Literal' && typeof element.value === 'string' ? [element.value] : [],
  )
}

const refersTo = (node: Node, names: ReadonlySet<string>): boolean =>
  contains(node, below => below.type === 'Identifier' && names.has(below.name))

const readsProperty = (node: Node, name: string): boolean =>
  contains(node, below => below.type === 'MemberExpression' && nameOf(below.property) === name)

function contains(node: Node, test: (node: Node) => boolean): boolean {
  let found = false
  walk(node, below => {
    found ||= test(below)
  })
  return found
}
