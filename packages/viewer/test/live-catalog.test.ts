import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLiveCatalog, type LiveCatalog } from '../src/live-catalog.ts'
import { catalogText } from './catalog-text.ts'
import { makeFolder } from './server/running-viewer.ts'

/** A catalog in a file, whose clock stands until it is told to go on. */
function open(text: string): {
  readonly file: string
  readonly catalog: LiveCatalog
  readonly wait: (ms: number) => void
} {
  const file = join(makeFolder(), 'ownership.yaml')
  writeFileSync(file, text)
  let nowMs = 0
  return {
    file,
    catalog: createLiveCatalog(file, () => nowMs),
    wait: ms => {
      nowMs += ms
    },
  }
}

const teamOf = (catalog: LiveCatalog): string | undefined => {
  const reading = catalog.read()
  return reading.state === 'ready'
    ? reading.resolver.route('web', 'GET', '/invoices/[id]').team
    : undefined
}

test('without a path there is no catalog', () => {
  expect(createLiveCatalog(undefined).read()).toEqual({ state: 'absent' })
})

test('a catalog is read once while its file stays as it is', () => {
  const { catalog, wait } = open(catalogText())
  const first = catalog.read()
  wait(5000)
  expect([first.state, catalog.read() === first]).toEqual(['ready', true])
})

test('a change is seen a second later, and not before', () => {
  const { file, catalog, wait } = open(catalogText('billing'))
  expect(teamOf(catalog)).toBe('billing')
  writeFileSync(file, `${catalogText('growth')}\n`)
  wait(999)
  expect(teamOf(catalog)).toBe('billing')
  wait(1)
  expect(teamOf(catalog)).toBe('growth')
})

test('a file that is broken or gone has its problems, and is read again when it is mended', () => {
  const { file, catalog, wait } = open('version: 7\nteam: {}\n')
  expect(catalog.read()).toMatchObject({ state: 'broken', file })
  const broken = catalog.read()
  expect(broken.state === 'broken' && broken.problems.length).toBeGreaterThan(1)
  rmSync(file)
  wait(1000)
  expect(catalog.read()).toMatchObject({
    state: 'broken',
    problems: [{ message: 'there is no such file' }],
  })
  writeFileSync(file, catalogText())
  wait(1000)
  expect(teamOf(catalog)).toBe('billing')
})

test('an exception that is over does not break it', () => {
  const text = `${catalogText()}exceptions: [{ rule: route-unowned, target: "web /legacy/**", until: 2020-01-01, reason: old, by: growth }]\n`
  expect(open(text).catalog.read().state).toBe('ready')
})
