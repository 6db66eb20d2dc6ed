import { expect, test } from 'vitest'
import { readImports } from '../src/imports.ts'

test('every way to name a package is seen, and nothing else is', () => {
  const code = `
    import { a } from '@throughline/node/register'
    import type { B } from 'fastify'
    import {
      c,
      type D,
    } from 'pg'
    import 'side-effect'
    export * from "re-exported/deep"
    import { readFile } from 'node:fs'
    import os from 'os'
    import { near } from './near.ts'
    const e = await import('lazy')
    const f = require('required')
    const g = import.meta.resolve('resolved')
    // import 'commented'
    const text = "from 'a string'"
    const h = Promise.resolve('a word')
  `
  expect(
    readImports('a.ts', code).map(({ packageName, typeOnly }) => [packageName, typeOnly]),
  ).toEqual([
    ['@throughline/node', false],
    ['fastify', true],
    ['pg', false],
    ['side-effect', false],
    ['re-exported', false],
    ['lazy', false],
    ['required', false],
    ['resolved', false],
  ])
})
