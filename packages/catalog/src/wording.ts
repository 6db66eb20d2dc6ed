import type { Shape } from './shape.ts'
import type { YamlNode } from './yaml-node.ts'

const LONGEST_QUOTE = 60

/** A text in quotes, cut where it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text)
}

/** What was found, for a sentence: `the number 12`, `a list`, `"nxt"`. */
export function describe(node: YamlNode): string {
  if (node.kind === 'map') return 'a mapping'
  if (node.kind === 'list') return 'a list'
  const { value } = node
  if (typeof value === 'string') return quote(value)
  return typeof value === 'number' ? `the number ${value}` : String(value)
}

/** A text as it may stand in YAML: in quotes only where it must. */
export function writeScalar(text: string): string {
  const isPlain =
    /^[A-Za-z/][\w ./:-]*$|^\d[\w-]*[a-z-][\w-]*$/.test(text) && !/: |:$| $/.test(text)
  return isPlain && !/^(null|true|false)$/i.test(text) ? text : JSON.stringify(text)
}

/** A valid value of a shape, in one line of YAML. */
export function exampleOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return writeScalar(shape.format.example)
    case 'choice':
      return String(shape.values[0])
    case 'number':
      return shape.example
    case 'boolean':
      return 'true'
    case 'team':
      return 'billing'
    case 'list':
      return `[${exampleOf(shape.item)}]`
    case 'map':
      return `{ ${shape.key.example}: ${exampleOf(shape.value)} }`
    case 'object': {
      const fields = Object.entries(shape.fields)
      const needed = fields.filter(
        ([key, { required }]) =>
          required || [shape.exactlyOne?.[0], shape.atLeastOne?.[0]].includes(key),
      )
      const shown = needed.length === 0 ? fields.slice(0, 1) : needed
      return `{ ${shown.map(([key, field]) => `${key}: ${exampleOf(field.shape)}`).join(', ')} }`
    }
  }
}
