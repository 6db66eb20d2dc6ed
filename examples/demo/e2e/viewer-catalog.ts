import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXAMPLES } from '../src/stack.ts'

/** A line of the catalog of the examples, the first of which is 1. */
export function lineOfCatalog(line: number): string {
  return readFileSync(join(EXAMPLES, 'ownership.yaml'), 'utf8').split('\n')[line - 1] ?? ''
}
