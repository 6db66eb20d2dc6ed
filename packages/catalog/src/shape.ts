/**
 * What a value in the catalog may be. One tree of shapes is the whole schema: the checker walks it beside
 * the file, and the JSON Schema for editors is rendered from it.
 *
 * `T` is what the checker makes of a valid value; it keeps the shapes and the types of the catalog in step.
 */
export type Shape<T = unknown> = (
  | TextShape
  | ChoiceShape
  | NumberShape
  | BooleanShape
  | TeamShape
  | ListShape
  | MapShape
  | ObjectShape
) & { readonly makes?: T }

/** How a text must be written, and what is made of it. */
export interface Format<T> {
  /** What such a text is, with its article: `a duration`. */
  readonly noun: string
  /** For the JSON Schema. It may let pass what `parse` refuses, never the other way round. */
  readonly pattern: string
  readonly example: string
  /** Nothing when the text is not one. */
  readonly parse: (text: string) => T | undefined
  /** The valid text that was probably meant. */
  readonly mend?: (text: string) => string | undefined
  /** What of an invalid text may be shown; a text that may be a secret is not shown whole. @default all */
  readonly show?: (text: string) => string
}

export interface TextShape {
  readonly kind: 'text'
  readonly format: Format<unknown>
}

export interface ChoiceShape {
  readonly kind: 'choice'
  readonly values: readonly (string | number)[]
}

export interface NumberShape {
  readonly kind: 'number'
  /** Least value, itself allowed. */
  readonly from: number
  /** Greatest value, itself not allowed. */
  readonly below: number
  readonly example: string
  readonly mend: (written: number | string) => string | undefined
}

export interface BooleanShape {
  readonly kind: 'boolean'
}

/** The id of a team of this catalog; `placed` keeps the line it stands on. */
export interface TeamShape {
  readonly kind: 'team'
  readonly placed: boolean
}

export interface ListShape {
  readonly kind: 'list'
  readonly item: Shape
}

/** A mapping whose keys its author chooses. */
export interface MapShape {
  readonly kind: 'map'
  readonly key: Format<string>
  readonly value: Shape
  readonly atLeastOne: boolean
}

/** A mapping whose keys are these. */
export interface ObjectShape {
  readonly kind: 'object'
  /** What such a mapping is, without an article: `route`. */
  readonly noun: string
  readonly fields: Readonly<Record<string, Field>>
  /** Keys of which exactly one must be written. */
  readonly exactlyOne?: readonly string[]
  /** Keys of which one or more must be written. */
  readonly atLeastOne?: readonly string[]
}

/** A key of an object. */
export interface Field<T = unknown> {
  readonly shape: Shape<T>
  readonly required: boolean
  /** For the JSON Schema, so for the reader's editor. */
  readonly meaning: string
}

/** Fields that make a `T`: the compiler refuses a missing, a surplus or a wrongly shaped one. */
export type FieldsOf<T> = { readonly [K in Exclude<keyof T, 'line'>]: Field<T[K]> }

export const required = <T>(shape: Shape<T>, meaning: string): Field<T> => ({
  shape,
  required: true,
  meaning,
})

export const optional = <T>(shape: Shape<T>, meaning: string): Field<T | undefined> => ({
  shape,
  required: false,
  meaning,
})

/** A list or mapping that is empty when it is not written. */
export const defaulted = <T extends readonly unknown[] | ReadonlyMap<string, unknown>>(
  shape: Shape<T>,
  meaning: string,
): Field<T> => ({ shape, required: false, meaning })

export const text = <T>(format: Format<T>): Shape<T> => ({ kind: 'text', format })

export const choice = <T extends string | number>(...values: readonly T[]): Shape<T> => ({
  kind: 'choice',
  values,
})

export const list = <T>(item: Shape<T>): Shape<readonly T[]> => ({ kind: 'list', item })

export const object = <T>(
  noun: string,
  fields: FieldsOf<T>,
  rules: Pick<ObjectShape, 'exactlyOne' | 'atLeastOne'> = {},
): Shape<T> => ({ kind: 'object', noun, fields, ...rules })

export const map = <T>(
  key: Format<string>,
  value: Shape<T>,
  atLeastOne = false,
): Shape<ReadonlyMap<string, T>> => ({ kind: 'map', key, value, atLeastOne })

export const boolean: Shape<boolean> = { kind: 'boolean' }

/** The id of a team. */
export const team: Shape<string> = { kind: 'team', placed: false }
