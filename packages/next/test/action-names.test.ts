import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createActionNames } from '../src/action-names.ts'

/** An application that was built with one action a page; gives its folder, and what builds it anew. */
function makeApp(): {
  readonly folder: string
  build(actions: Readonly<Record<string, string>>): void
} {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-actions-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, '.next/server/server-reference-manifest.json')
  return {
    folder,
    build(actions) {
      const entries = Object.entries(actions).map(([page, exportedName]) => [
        `id-of-${exportedName}`,
        { exportedName, workers: { [`app${page}`]: {} } },
      ])
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, JSON.stringify({ node: Object.fromEntries(entries) }))
    },
  }
}

test('an action is named by its id, or as the only one of its page', () => {
  const app = makeApp()
  app.build({ '/form/page': 'save', '/list/page': 'remove' })
  const names = createActionNames(app.folder)
  expect(names.find('id-of-remove', '/form/page')).toBe('remove')
  expect(names.find(undefined, '/form/page')).toBe('save')
  expect(names.find('id-of-none', '/form/page')).toBeUndefined()
  expect(names.find(undefined, undefined)).toBeUndefined()
})

test.for(['id-of-remove', undefined])(
  'an action that development compiled after the first question is found, asked by id %s',
  id => {
    const app = makeApp()
    app.build({ '/form/page': 'save' })
    const names = createActionNames(app.folder, 'development')
    expect(names.find(undefined, '/form/page')).toBe('save')
    app.build({ '/form/page': 'save', '/list/page': 'remove' })
    expect(names.find(id, '/list/page')).toBe('remove')
  },
)

test('in production a miss does not read the build again', () => {
  const app = makeApp()
  app.build({ '/form/page': 'save' })
  const names = createActionNames(app.folder)
  expect(names.find('id-of-remove', '/list/page')).toBeUndefined()
  app.build({ '/list/page': 'remove' })
  expect(names.find('id-of-remove', '/list/page')).toBeUndefined()
  expect(names.find(undefined, '/form/page')).toBe('save')
})

test('an application that was not built there has no names', () => {
  expect(createActionNames(makeApp().folder).find('id', '/form/page')).toBeUndefined()
})
