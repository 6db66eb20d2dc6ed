import { renderJsonSchema } from '../../catalog/src/json-schema.ts'
import { renderNames } from './names.ts'

// The renderers are imported as sources, not by package name: what is generated must follow an edit before any build.

/** Every checked-in file that is generated: its path in the checkout, and the text it should have. */
export function renderAll(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/names.md', renderNames()],
    ['packages/catalog/ownership.schema.json', renderJsonSchema()],
  ])
}
