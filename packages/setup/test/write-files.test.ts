import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTempFolder } from '../../cli/test/temp-folder.ts'
import { draftOf, writeFiles, writeWhole } from '../src/plan/write-files.ts'

const read = (...parts: readonly string[]): string => readFileSync(join(...parts), 'utf8')

test('a file is written with its folders, and nothing is left beside it', () => {
  const root = createTempFolder({ 'a/b.txt': 'old' })
  writeWhole(join(root, 'a/b.txt'), 'new')
  writeWhole(join(root, 'c/d/e.txt'), 'x')
  expect(read(root, 'a/b.txt')).toBe('new')
  expect(readdirSync(join(root, 'a'))).toEqual(['b.txt'])
  expect(readdirSync(join(root, 'c/d'))).toEqual(['e.txt'])
})

test('a write that fails leaves what was there, and no draft', () => {
  const root = createTempFolder()
  mkdirSync(join(root, 'taken/inside'), { recursive: true })
  expect(() => writeWhole(join(root, 'taken'), 'x')).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/)
  expect(readdirSync(root)).toEqual(['taken'])
})

test('several files are written and removed together', () => {
  const root = createTempFolder({ 'a.txt': 'old', 'b.txt': 'old' })
  writeFiles([
    { path: join(root, 'a.txt'), text: 'new' },
    { path: join(root, 'b.txt'), text: undefined },
    { path: join(root, 'c/d.txt'), text: 'made' },
  ])
  expect(readdirSync(root)).toEqual(['a.txt', 'c'])
  expect([read(root, 'a.txt'), read(root, 'c/d.txt')]).toEqual(['new', 'made'])
})

test('where one of several cannot be written, all are as they were', () => {
  const root = createTempFolder({ 'a.txt': 'old a', 'b.txt': 'old b', 'z/inside.txt': 'x' })
  const writes = [
    { path: join(root, 'a.txt'), text: 'new a' },
    { path: join(root, 'b.txt'), text: undefined },
    { path: join(root, 'new.txt'), text: 'new' },
    { path: join(root, 'z'), text: 'a folder is in its place' },
  ]
  expect(() => writeFiles(writes)).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/)
  expect(readdirSync(root)).toEqual(['a.txt', 'b.txt', 'z'])
  expect([read(root, 'a.txt'), read(root, 'b.txt')]).toEqual(['old a', 'old b'])
})

test('a link stays a link, and a file keeps who may run it', () => {
  const root = createTempFolder({ 'real/www': '#!/usr/bin/env node\n' })
  symlinkSync('real/www', join(root, 'www'))
  const path = join(root, 'real/www')
  writeFiles([{ path: join(root, 'www'), text: 'new' }])
  expect(lstatSync(join(root, 'www')).isSymbolicLink()).toBe(true)
  expect(read(path)).toBe('new')
  const before = statSync(path).mode
  writeFiles([{ path, text: 'newer' }])
  expect(statSync(path).mode).toBe(before)
})

test('what a killed process left is written over', () => {
  const root = createTempFolder({ 'a.txt': 'old', 'a.txt.throughline.tmp': 'half' })
  expect(draftOf(join(root, 'a.txt'))).toBe(join(root, 'a.txt.throughline.tmp'))
  writeWhole(join(root, 'a.txt'), 'new')
  expect([readdirSync(root), read(root, 'a.txt')]).toEqual([['a.txt'], 'new'])
})
