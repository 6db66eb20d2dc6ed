/** A mapping, in the order it was written; a key written twice is here twice. */
export interface YamlMap {
  readonly kind: 'map'
  /** Offset in the text of the first character. */
  readonly start: number
  readonly entries: readonly YamlEntry[]
}

export interface YamlEntry {
  readonly key: string
  readonly keyStart: number
  readonly value: YamlNode
}

export interface YamlList {
  readonly kind: 'list'
  readonly start: number
  readonly items: readonly YamlNode[]
}

export interface YamlScalar {
  readonly kind: 'scalar'
  /** Offset of the first character; of the key, where a key has no value. */
  readonly start: number
  readonly value: string | number | boolean | null
}

/** A YAML value that knows where it stands, whichever parser made it. */
export type YamlNode = YamlMap | YamlList | YamlScalar
