import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseCatalog } from '../src/index.ts'
import { renderJsonSchema } from '../src/json-schema.ts'
import { brokenCatalogs } from './broken-catalogs.ts'

const schema = JSON.parse(renderJsonSchema()) as object
const accepts = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(schema)
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const today = new Date('2026-11-23')

test('the schema accepts a catalog that uses everything', () => {
  expect(accepts(parse(read('fixtures/ownership.yaml'))), JSON.stringify(accepts.errors)).toBe(true)
})

/** What only looking at the whole can tell: the schema lets it pass. */
const BETWEEN_PARTS =
  /is not defined|stands on line|matches the same requests|belongs to|no route of|expired on|matches nothing|has not come|not a service and its route|anchor|calendar|no key "<<"|not valid YAML|document|empty|is "\d|more than|nested|is not deprecated/

const ofShape = brokenCatalogs.filter(({ problems }) =>
  problems.some(([message]) => !BETWEEN_PARTS.test(message)),
)

test.for(ofShape)('the schema refuses it too: $name', ({ text }) => {
  const clean = text.replaceAll('»', '')
  const value: unknown = parse(clean, { uniqueKeys: false })
  expect(accepts(value)).toBe(false)
})

test('what the schema refuses is refused, whatever it is', () => {
  for (const { text } of brokenCatalogs) {
    const clean = text.replaceAll('»', '')
    expect(parseCatalog(clean, { today }).ok).toBe(false)
  }
  expect(ofShape.length).toBeGreaterThan(30)
})

test('every key says what it means, for the editor', () => {
  const mute: string[] = []
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, item] of Object.entries(value)) {
      const isProperty = path.endsWith('/properties')
      if (isProperty && (item as { description?: string }).description === undefined)
        mute.push(`${path}/${key}`)
      visit(item, `${path}/${key}`)
    }
  }
  visit(schema, '')
  expect(mute).toEqual([])
})
