import { expect, test } from 'vitest'
import { createTempFolder } from '../../../cli/test/temp-folder.ts'
import { readProject } from '../../src/index.ts'

const BROKEN: readonly (readonly [what: string, text: string, why: string])[] = [
  ['nothing', '', 'it is no JSON: line 1, column 1: ValueExpected'],
  [
    'a missing comma',
    '{\n  "a": 1\n  "b": 2\n}\n',
    'it is no JSON: line 3, column 3: CommaExpected',
  ],
  ['CRLF', '{\r\n  "a": 1\r\n  "b": 2\r\n}', 'it is no JSON: line 3, column 3: CommaExpected'],
  [
    'a comma too many',
    '{\n  "scripts": {},\n}\n',
    'it is no JSON: line 3, column 1: PropertyNameExpected',
  ],
  ['a comment', '{ // a\n}', 'it is no JSON: line 1, column 3: InvalidCommentToken'],
  [
    'a conflict of a merge',
    '{\n<<<<<<< HEAD\n  "a": 1\n}\n',
    'it is no JSON: line 2, column 1: InvalidSymbol',
  ],
  ['an array', '[]', 'it holds no object'],
  ['null', 'null', 'it holds no object'],
  ['a text', '"a"', 'it holds no object'],
]

test.for(BROKEN)('a package.json with %s is remarked on', ([, text, what]) => {
  const { apps, remarks } = readProject(createTempFolder({ 'package.json': text }))
  expect(apps).toEqual([])
  expect(remarks).toEqual([{ at: 'package.json', what, fix: 'mend it, then run this again' }])
})

test('a package.json that cannot be read is remarked on', () => {
  const { remarks } = readProject(createTempFolder({ 'package.json/a': '' }))
  expect(remarks).toMatchObject([{ at: 'package.json', what: 'it cannot be read: EISDIR' }])
})

const APP = '{ "name": "api", "scripts": { "start": "node ." }, "dependencies": { "koa": "3" } }'

test('one that is broken leaves the others', () => {
  const folder = createTempFolder({
    'package.json': '{ "workspaces": ["apps/*"] }',
    'apps/api/package.json': APP,
    'apps/web/package.json': '{',
  })
  const { apps, remarks } = readProject(folder)
  expect(apps.map(({ path }) => path)).toEqual(['apps/api'])
  expect(remarks.map(({ at }) => at)).toEqual(['apps/web/package.json'])
})

test.for([
  ['a byte order mark', `\uFEFF${APP}`],
  ['CRLF', APP.replaceAll(', ', ',\r\n')],
] as const)('a package.json with %s is read, and its text is as it stands', ([, text]) => {
  expect(readProject(createTempFolder({ 'package.json': text })).apps).toMatchObject([
    { service: 'api', manifest: { text, name: 'api', scripts: { start: 'node .' } } },
  ])
})
