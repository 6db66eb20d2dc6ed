import type { Placed } from './catalog.ts'
import type { SourceText } from './source-text.ts'
import type { YamlMap, YamlNode, YamlScalar } from './yaml-node.ts'

/** A `T` of which any part may be missing, since it was not written or not valid. */
export type Draft<T> =
  T extends ReadonlyMap<infer K, infer V>
    ? ReadonlyMap<K, Draft<V> | undefined>
    : T extends readonly (infer V)[]
      ? readonly Draft<V>[]
      : T extends Placed
        ? { readonly [K in keyof T]: K extends 'line' ? number : Draft<T[K]> | undefined }
        : T

/** A place of the catalog that names a team. */
export interface TeamReference {
  /** Key under which it is named. */
  readonly key: string
  readonly team: string
  readonly node: YamlScalar
}

/** What the parts of one check share. */
export interface CheckContext {
  readonly source: SourceText
  readonly references: TeamReference[]
  /** Which mapping of the file each object of the draft was made of. */
  readonly origins: Map<object, YamlMap>
  report(offset: number, message: string, fix: string): void
}

/** Node of what `object` has under `key`. */
export function nodeOf(
  { origins }: CheckContext,
  object: object,
  key: string,
): YamlNode | undefined {
  return origins.get(object)?.entries.find(entry => entry.key === key)?.value
}

/** Offset of what `object` has under `key`, or of the whole object when it has no such key. */
export function placeOf(context: CheckContext, object: object, key: string): number {
  return nodeOf(context, object, key)?.start ?? context.origins.get(object)?.start ?? 0
}
