import type { AttributeValue } from './records.ts'

/** Attributes that are being read. */
export type MutableAttributes = Record<string, AttributeValue>

/** An object that inherits nothing, and that engines keep faster than what `Object.create(null)` gives. */
const NoPrototype = function noPrototype() {} as unknown as new () => MutableAttributes
NoPrototype.prototype = Object.create(null)

/** No attributes yet. Without a prototype, so that `__proto__` is a name like any other. */
export function newAttributes(): MutableAttributes {
  return new NoPrototype()
}
