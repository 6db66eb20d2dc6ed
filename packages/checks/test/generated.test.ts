import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as conventions from '@throughline/conventions'
import { expect, test } from 'vitest'
import { renderAll } from '../src/generated.ts'
import { readNames } from '../src/names.ts'
import { root } from '../src/workspace.ts'

test.for([...renderAll()])('%s is what its source renders', async ([path, text]) => {
  const onDisk = await readFile(join(root, path), 'utf8').catch(() => 'missing')
  expect(onDisk, 'stale: run `npm run generate` and commit the result').toBe(text)
})

const documented = (['attributes', 'headers', 'environment', 'metrics'] as const).flatMap(readNames)
const exported = Object.entries(conventions)

test('every text that the conventions export has a docstring, so a row in docs/names.md', () => {
  const texts = exported.filter(([, value]) => typeof value === 'string')
  const rows = documented.map(({ constant, name }) => [constant, name])
  expect(rows).toHaveLength(texts.length)
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(texts))
})

test('every metric that the conventions export is in the list of all', () => {
  const metrics = exported.filter(
    ([name, value]) => name.startsWith('METRIC_') && typeof value === 'object',
  )
  expect(metrics.map(([, metric]) => metric)).toEqual(
    expect.arrayContaining([...conventions.METRICS]),
  )
  expect(metrics).toHaveLength(conventions.METRICS.length)
})

test('every name in the document says what it means', () => {
  for (const { constant, meaning } of documented) expect(meaning, constant).toMatch(/^.{8,}$/)
  for (const { name, meaning } of conventions.METRICS) expect(meaning, name).toMatch(/^.{8,}\.$/)
})
