import { schema } from './schema.ts'
import type { ObjectShape, Shape } from './shape.ts'

type Json = { readonly [key: string]: unknown }

/** The schema of `ownership.yaml` as JSON Schema (draft 7, which every editor reads), for completion and checks as one types. */
export function renderJsonSchema(): string {
  const root = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Throughline ownership catalog',
    $comment: 'Generated from packages/catalog/src/schema.ts: edit there, then npm run generate.',
    ...render(schema),
  }
  return `${print(root, '')}\n`
}

const LONGEST_LINE = 100

/** JSON as the formatter of this repository writes it: a list of plain values is on one line where it fits. */
function print(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (!Array.isArray(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner)}`,
    )
    return `{\n${entries.join(',\n')}\n${indent}}`
  }
  const items = value.map(item => print(item, inner))
  const line = `[${items.join(', ')}]`
  const isPlain = value.every(item => typeof item !== 'object')
  if (isPlain && indent.length + line.length + '"propertyNames": ,'.length <= LONGEST_LINE)
    return line
  return `[\n${items.map(item => inner + item).join(',\n')}\n${indent}]`
}

function render(shape: Shape): Json {
  switch (shape.kind) {
    case 'text':
      return { type: 'string', pattern: shape.format.pattern, examples: [shape.format.example] }
    case 'choice':
      return { enum: shape.values }
    case 'number':
      return { type: 'number', minimum: shape.from, exclusiveMaximum: shape.below }
    case 'boolean':
      return { type: 'boolean' }
    case 'team':
      return { type: 'string', description: 'Id of a team under `teams`.' }
    case 'list':
      return { type: 'array', items: render(shape.item) }
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: shape.key.pattern },
        additionalProperties: render(shape.value),
        ...(shape.atLeastOne ? { minProperties: 1 } : {}),
      }
    case 'object':
      return renderObject(shape)
  }
}

function renderObject({ fields, exactlyOne, atLeastOne }: ObjectShape): Json {
  const entries = Object.entries(fields)
  const properties = entries.map(([key, { shape, meaning }]) => [
    key,
    { ...render(shape), description: meaning },
  ])
  const required = entries.filter(([, field]) => field.required).map(([key]) => key)
  const requireEach = (keys: readonly string[]): Json[] => keys.map(key => ({ required: [key] }))
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
    ...(exactlyOne === undefined ? {} : { oneOf: requireEach(exactlyOne) }),
    ...(atLeastOne === undefined ? {} : { anyOf: requireEach(atLeastOne) }),
  }
}
