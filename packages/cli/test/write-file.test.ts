import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeWhole } from '../src/write-file.ts'
import { createTempFolder } from './temp-folder.ts'

test('a file is written with its folders, and nothing is left beside it', () => {
  const root = createTempFolder({ 'a/b.txt': 'old' })
  writeWhole(join(root, 'a/b.txt'), 'new')
  writeWhole(join(root, 'c/d/e.txt'), 'x')
  expect(readFileSync(join(root, 'a/b.txt'), 'utf8')).toBe('new')
  expect(readdirSync(join(root, 'a'))).toEqual(['b.txt'])
  expect(readdirSync(join(root, 'c/d'))).toEqual(['e.txt'])
})

test('a write that fails leaves what was there, and no draft', () => {
  const root = createTempFolder()
  mkdirSync(join(root, 'taken/inside'), { recursive: true })
  expect(() => writeWhole(join(root, 'taken'), 'x')).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/)
  expect(readdirSync(root)).toEqual(['taken'])
})
