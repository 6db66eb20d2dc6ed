/** Whether a value is as it has to be. */
export type Check = (value: unknown) => boolean

/** A {@link Check} for each key of `Shape`. */
export type Checks<Shape> = { readonly [Key in keyof Shape]-?: Check }

/** An object with no key but those that are checked. A key that may be absent is {@link optional}. */
export const closed =
  <Shape>(checks: Checks<Shape>): Check =>
  value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const given = value as Readonly<Record<string, unknown>>
    return (
      Object.keys(given).every(key => Object.hasOwn(checks, key)) &&
      Object.entries<Check>(checks).every(([key, check]) =>
        check(Object.hasOwn(given, key) ? given[key] : undefined),
      )
    )
  }

export const optional =
  (check: Check): Check =>
  value =>
    value === undefined || check(value)

/** A finite number from `min` to `max`. */
export const isNumber =
  (min: number, max: number): Check =>
  value =>
    typeof value === 'number' && value >= min && value <= max

/** A text of at most so many characters. */
export const isText =
  (maxLength: number, pattern: RegExp = /^/): Check =>
  value =>
    typeof value === 'string' && value.length <= maxLength && pattern.test(value)

export const isOneOf =
  (values: readonly string[]): Check =>
  value =>
    values.includes(value as string)

export const isList =
  (min: number, max: number, check: Check): Check =>
  value =>
    Array.isArray(value) && value.length >= min && value.length <= max && value.every(check)
