import { describe, expect, test } from 'vitest'
import { addDependency, removeDependency, setScript } from '../../src/edits/manifest-edit.ts'
import { textOf } from './round-trip.ts'

const NAME = '@throughline/next'

/** Package files by what is special in them. */
const MANIFESTS = [
  {
    name: 'create-next-app',
    value: {
      name: 'web',
      version: '0.1.0',
      private: true,
      scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
      dependencies: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
      devDependencies: { typescript: '^5' },
    },
  },
  { name: 'a list in another order', value: { dependencies: { z: '1', a: '1', m: '1' } } },
  { name: 'a place in the middle', value: { dependencies: { '@a/a': '1', b: '1' } } },
  { name: 'a place at the end', value: { dependencies: { '@a/a': '1', '@b/b': '1' } } },
  { name: 'one dependency', value: { name: 'a', dependencies: { b: '1' } } },
  { name: 'an empty list', value: { name: 'a', dependencies: {}, devDependencies: { b: '1' } } },
  {
    name: 'no list, but others',
    value: { name: 'a', devDependencies: { b: '1' }, license: 'MIT' },
  },
  { name: 'no list, but scripts', value: { name: 'a', scripts: { a: 'b' }, license: 'MIT' } },
  { name: 'no list, scripts last', value: { name: 'a', scripts: { a: 'b' } } },
  { name: 'no list, a name', value: { name: 'a' } },
  { name: 'nothing', value: {} },
]

const INDENTS = [2, 4, '\t', 0]

const CASES = MANIFESTS.flatMap(({ name, value }) =>
  INDENTS.flatMap(indent =>
    ['\n', '\r\n'].flatMap(eol =>
      [eol, ''].map(end => ({
        name,
        style: JSON.stringify([indent, eol, end]),
        value,
        text: JSON.stringify(value, null, indent).replaceAll('\n', eol) + end,
      })),
    ),
  ),
)

describe('a package.json', () => {
  test.for(CASES)('takes a dependency and gives it back: $name, $style', ({ text, value }) => {
    const added = textOf(addDependency(text, NAME, '^0.1.0'))
    expect(JSON.parse(added)).toEqual({
      ...value,
      dependencies: { ...('dependencies' in value ? value.dependencies : {}), [NAME]: '^0.1.0' },
    })
    expect(addDependency(added, NAME, '^0.1.0')).toEqual({ ok: true, text: added })
    expect(removeDependency(added, NAME)).toEqual({ kind: 'edited', text })
    expect(removeDependency(text, NAME)).toEqual({ kind: 'untouched' })
  })

  test.for(CASES)('takes two and gives both back: $name, $style', ({ text }) => {
    const one = textOf(addDependency(text, NAME, '^0.1.0'))
    const two = textOf(addDependency(one, '@throughline/node', '^0.1.0'))
    expect(removeDependency(two, '@throughline/node')).toEqual({ kind: 'edited', text: one })
    const left = removeDependency(two, NAME)
    expect(removeDependency('text' in left ? left.text : '', '@throughline/node')).toEqual({
      kind: 'edited',
      text,
    })
  })

  test('has a dependency at its place by the alphabet', () => {
    const text = JSON.stringify(MANIFESTS[2]?.value, null, 2)
    expect(textOf(addDependency(text, NAME, '^0.1.0'))).toBe(
      '{\n  "dependencies": {\n    "@a/a": "1",\n    "@throughline/next": "^0.1.0",\n    "b": "1"\n  }\n}',
    )
  })

  test('has a new list before those that follow it by custom', () => {
    const text = JSON.stringify(MANIFESTS[6]?.value, null, 2)
    expect(textOf(addDependency(text, NAME, '^0.1.0'))).toBe(
      '{\n  "name": "a",\n  "dependencies": {\n    "@throughline/next": "^0.1.0"\n  },\n  "devDependencies": {\n    "b": "1"\n  },\n  "license": "MIT"\n}',
    )
  })

  test('takes another range, and keeps what came later', () => {
    const text = '{\n  "dependencies": {\n    "a": "1"\n  }\n}\n'
    const added = textOf(addDependency(text, NAME, '0.1.0'))
    const raised = textOf(addDependency(added, NAME, '0.2.0')).replace('"a": "1"', '"a": "2"')
    expect(raised).toContain('"@throughline/next": "0.2.0"')
    expect(removeDependency(raised, NAME)).toEqual({
      kind: 'edited',
      text: text.replace('"a": "1"', '"a": "2"'),
    })
  })

  test.for(['\n', '\r\n'])('has a script set and set back: %j', eol => {
    const text = `{${eol}  "scripts": {${eol}    "dev": "next dev",${eol}    "start": "node \\"a b\\""${eol}  }${eol}}`
    const changed = textOf(setScript(text, 'start', 'node x "a b"'))
    expect(JSON.parse(changed).scripts).toEqual({ dev: 'next dev', start: 'node x "a b"' })
    expect(setScript(changed, 'start', 'node "a b"')).toEqual({ ok: true, text })
  })

  test('gets a script that it has none of', () => {
    expect(textOf(setScript('{\n  "name": "a"\n}\n', 'start', 'node a.js'))).toBe(
      '{\n  "name": "a",\n  "scripts": {\n    "start": "node a.js"\n  }\n}\n',
    )
  })

  test('is left where it cannot be read and has ours', () => {
    expect(removeDependency(`{ "dependencies": { "${NAME}": }`, NAME)).toMatchObject({
      kind: 'left',
      why: 'line 1: package.json is no JSON object',
    })
  })

  test.for([
    { text: '{\n  "name": }\n', why: 'line 2: package.json is no JSON object' },
    { text: '[]', why: 'line 1: package.json is no JSON object' },
    { text: '', why: 'line 1: package.json is no JSON object' },
    { text: '{\n  "dependencies": []\n}', why: 'line 2: "dependencies" is no object' },
  ])('that cannot be read is refused: $text', ({ text, why }) => {
    expect(addDependency(text, NAME, '1')).toMatchObject({ ok: false, why })
    expect(removeDependency(text, NAME)).toEqual({ kind: 'untouched' })
  })
})
