import type { AttributeValue } from '@throughline/otlp'

/** The value of an attribute as text: what is copied. */
export const attributeText = (value: AttributeValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value)
