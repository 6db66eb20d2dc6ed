import { parseSync } from 'oxc-parser'
import { expect } from 'vitest'
import type { Edited, Removed } from '../../src/edits/edited.ts'

export interface Edit {
  readonly path: string
  readonly add: (text: string) => Edited
  readonly remove: (text: string) => Removed
}

/** The text that an edit gives; fails the test where it is refused. */
export function textOf(edited: Edited): string {
  expect(edited).toMatchObject({ ok: true })
  return edited.ok ? edited.text : ''
}

/** Expects that an edit changes a text once, in its style, and that it is taken out exactly, also after later edits. */
export function expectRoundTrip(text: string, { path, add, remove }: Edit): string {
  const added = textOf(add(text))
  expect(added).not.toBe(text)
  expect(add(added)).toEqual({ ok: true, text: added })
  expectSource(added, path)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  expect(added.replaceAll(eol, '')).not.toMatch(/[\r\n]/)
  expect(remove(added)).toEqual({ kind: 'edited', text })
  expect(remove(text)).toEqual({ kind: 'untouched' })

  const below = `${eol}// later${eol}`
  expect(remove(added + below)).toEqual({ kind: 'edited', text: text + below })
  return added
}

/** Expects a text to be a source without an error. */
export function expectSource(text: string, path: string): void {
  const lang = path.endsWith('.ts') ? 'ts' : 'jsx'
  expect(parseSync(path, text.replace(/^\uFEFF/, ''), { lang }).errors).toEqual([])
}
