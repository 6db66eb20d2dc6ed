import { expect, test } from 'vitest'
import { renderAll } from '../src/render-all.ts'
import { exampleOwnership, exampleText, ownershipOf } from './read-ownership.ts'

const rendered = renderAll(exampleOwnership(), new Map())
const textsOf = (files: typeof rendered): Map<string, string> =>
  new Map(files.map(({ path, text }) => [path, text]))

test('files come sorted, each once, and end with a newline', () => {
  const paths = rendered.map(({ path }) => path)
  expect(paths).toEqual([...new Set(paths)].toSorted())
  expect(rendered.filter(({ text }) => !text.endsWith('\n') || text.endsWith('\n\n'))).toEqual([])
})

test('the same catalog over its own files gives the same files', () => {
  expect(textsOf(renderAll(exampleOwnership(), textsOf(rendered)))).toEqual(textsOf(rendered))
})

test('a line that moves in the catalog changes no file', () => {
  const moved = ownershipOf(exampleText.replace('\nteams:', '\n# A remark.\n\nteams:'))
  expect(textsOf(renderAll(moved, new Map()))).toEqual(textsOf(rendered))
})
