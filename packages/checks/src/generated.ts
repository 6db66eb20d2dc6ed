import { basename } from 'node:path'
import { renderJsonSchema } from '../../catalog/src/json-schema.ts'
import { listFiles, readText } from './files.ts'
import { renderNames } from './names.ts'

// The renderers are imported as sources, not by package name: what is generated must follow an edit before any build.

/** Every checked-in file that is generated, but what follows from a catalog: its path in the checkout, and its text. */
export function renderAll(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/names.md', renderNames()],
    ['packages/catalog/ownership.schema.json', renderJsonSchema()],
    ...renderRunbooks(),
  ])
}

/** `throughline generate` leaves a page that is there to its team; here they are all still as they come. */
function renderRunbooks(): (readonly [string, string])[] {
  return listFiles('packages/monitoring/src/runbooks')
    .filter(file => file.endsWith('.md'))
    .map(file => [`docs/runbooks/${basename(file)}`, readText(file)] as const)
}
