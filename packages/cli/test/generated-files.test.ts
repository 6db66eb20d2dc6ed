import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyChanges, listGenerated, openDisk, readPresent } from '../src/generated-files.ts'
import { createTempFolder } from './temp-folder.ts'

test('files among the generated ones are listed, but those in own/ and those of other kinds', () => {
  const root = createTempFolder({
    'alerts/a/x.yaml': '1',
    'alerts/own/y.yaml': '2',
    'alerts/a/own/z.yaml': '3',
    'alerts/metrics.txt': '4',
    'alerts/README.md': '5',
    'dashboards/a/b.json': '6',
    'dashboards/a/owner.json': '7',
    'other/c.yaml': '8',
  })
  expect(listGenerated(root)).toEqual([
    'alerts/a/x.yaml',
    'dashboards/a/b.json',
    'dashboards/a/owner.json',
  ])
})

test('a repository without these folders has none', () => {
  expect(listGenerated(createTempFolder())).toEqual([])
})

test('only those paths are read at which there is a file', () => {
  const root = createTempFolder({ 'a.md': 'a' })
  expect([...readPresent(root, ['a.md', 'b.md'])]).toEqual([['a.md', 'a']])
  const disk = openDisk(root, ['a.md', 'b.md'])
  expect([...disk.keys(), disk.has('b.md'), disk.get('b.md')]).toEqual(['a.md', false, undefined])
})

test('what is planned is written and removed, with folders that are empty then; a stray stays', () => {
  const root = createTempFolder({
    'alerts/old/x.yaml': '',
    'alerts/mine.yaml': 'm',
    'alerts/own/y.yaml': 'y',
  })
  applyChanges(root, [
    { path: 'alerts/mine.yaml', state: 'stray', text: undefined },
    { path: 'alerts/new/deep/x.yaml', state: 'missing', text: 'new' },
    { path: 'alerts/old/x.yaml', state: 'orphan', text: undefined },
  ])
  expect(readFileSync(join(root, 'alerts/new/deep/x.yaml'), 'utf8')).toBe('new')
  expect(existsSync(join(root, 'alerts/old'))).toBe(false)
  expect(readFileSync(join(root, 'alerts/mine.yaml'), 'utf8')).toBe('m')
  expect(readdirSync(join(root, 'alerts/own'))).toEqual(['y.yaml'])
})
