import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createPackageFinder } from '../src/instrumentations/application-packages.ts'

/** Writes package.json files by folder into a temporary folder. */
function makeTree(manifests: Record<string, object>): string {
  const root = mkdtempSync(join(tmpdir(), 'throughline-packages-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [folder, manifest] of Object.entries(manifests)) {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest))
  }
  return root
}

test('an application has whatever lies in its own node_modules, however it came there', () => {
  const root = makeTree({ '': {}, 'node_modules/pg': {}, 'node_modules/@hapi/hapi': {}, src: {} })
  const has = createPackageFinder(root)
  expect([has('pg'), has('@hapi/hapi'), has('koa')]).toEqual([true, true, false])
})

test('in a workspace it has what it depends on, directly or not, and not what a neighbour asked for', () => {
  const root = makeTree({
    'apps/shop': { dependencies: { orm: '1' } },
    'apps/other': { dependencies: { koa: '1' } },
    'node_modules/orm': { dependencies: { pg: '1' } },
    'node_modules/pg': { peerDependencies: { orm: '1' } },
    'node_modules/koa': {},
  })
  const has = createPackageFinder(join(root, 'apps/shop'))
  expect([has('orm'), has('pg'), has('koa')]).toEqual([true, true, false])
})

test('the script may lie below the package', () => {
  const root = makeTree({ '': { dependencies: { pg: '1' } }, 'node_modules/pg': {} })
  mkdirSync(join(root, 'dist/server'), { recursive: true })
  expect(createPackageFinder(join(root, 'dist/server'))('pg')).toBe(true)
})

test('packages that we brought along do not count as the application’s', () => {
  const root = makeTree({
    'apps/shop': { dependencies: { '@throughline/node': '1' } },
    'node_modules/@throughline/node': { dependencies: { express: '1' } },
    'node_modules/express': {},
  })
  expect(createPackageFinder(join(root, 'apps/shop'))('express')).toBe(false)
})

test('without any package.json it has what can be resolved', () => {
  const root = makeTree({ 'node_modules/pg': {} })
  const has = createPackageFinder(join(root, 'apps/shop'))
  expect([has('pg'), has('koa')]).toEqual([true, false])
})
