import type { CallExpression, Expression } from 'oxc-parser'
import { constantText } from './constant-text.ts'
import type { RouterInstance, RouterMaker } from './router-instances.ts'
import type { SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'
import { unwrap } from './syntax.ts'

/** An argument of a call. */
type Argument = CallExpression['arguments'][number]

/** A framework whose routers are values: routes are registered with them, and they are mounted on each other. */
export interface RouterFramework extends RouterMaker {
  /** Reads the call of a method of a router. */
  readMethod(call: CallExpression, method: string, use: RouterUse): void
  /** Reads a call that is given a router, of a function that is not among the sources. */
  readPassed(call: CallExpression, use: RouterUse): void
  /** Reads a call on something that a router gave. */
  readOther?(call: CallExpression, useOf: (router: Expression) => RouterUse | undefined): void
  /** Whether reading this property of a router means that requests are given to it. */
  isServing(property: string): boolean
}

/** A place at which a router is used. */
export interface RouterUse {
  readonly module: SourceModule
  readonly sources: SourceTree
  routersOf(expression: Expression): readonly RouterInstance[]
  /** Registers routes; nothing stands for what cannot be read. */
  route(methods: readonly (string | undefined)[], paths: readonly string[] | undefined): void
  mount(routers: readonly RouterInstance[], prefixes: readonly string[] | undefined): void
  gap(message: string): void
  /** Notes that requests are given to the router. */
  serve(): void
}

/** The texts that an argument always is: one, or a list of them. */
export function textsOf(
  argument: Argument | undefined,
  { module, sources }: Pick<RouterUse, 'module' | 'sources'>,
): readonly string[] | undefined {
  if (argument === undefined || argument.type === 'SpreadElement') return undefined
  const node = unwrap(argument)
  const items = node.type === 'ArrayExpression' ? node.elements : [node]
  const texts = items.map(item =>
    item === null || item.type === 'SpreadElement'
      ? undefined
      : constantText(item, module, sources),
  )
  const known = texts.filter(text => text !== undefined)
  return known.length === texts.length ? known : undefined
}
