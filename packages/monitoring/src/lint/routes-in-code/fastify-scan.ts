import type { CallExpression } from 'oxc-parser'
import type { InstanceScope } from './fastify-instances.ts'
import type { SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'

/** An argument of a call. */
export type Argument = CallExpression['arguments'][number]

/** What one place at which an instance is used needs to be read. */
export interface Scan {
  readonly module: SourceModule
  readonly sources: SourceTree
  /** What the paths of routes here begin with; nothing when that cannot be read. */
  readonly prefix: string | undefined
  /** Names that stand for the instance. */
  readonly names: ReadonlySet<string>
  readonly report: Reporter
}

/** Where what is found goes. */
export interface Reporter {
  route(method: string, path: string, at: string): void
  /** Something that cannot be read. */
  gap(at: string, message: string): void
  /** Another place at which the instance, or one below it, is used. */
  enter(scope: InstanceScope): void
}
