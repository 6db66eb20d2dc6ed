import { homedir, tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { hasScript, listScriptMentions } from '../src/scripts.ts'
import { listFiles, readText } from '../src/files.ts'
import { root } from '../src/workspace.ts'

const files = listFiles()
const texts = files.filter(file => !/\.(?:png|ico|woff2?|gz|bin|pb)$/.test(file))

test('the top level holds only what a newcomer needs to see', () => {
  const documents = ['README.md', 'LICENSE', 'package.json', 'package-lock.json']
  const folders = ['alerts', 'compose', 'dashboards', 'docs', 'examples', 'packages']
  const allowed = new Set([...documents, ...folders])
  const top = new Set(files.map(file => file.split('/')[0] ?? file))
  expect([...top].filter(name => !name.startsWith('.') && !allowed.has(name))).toEqual([])
})

test('no file knows the machine that it was written on', () => {
  const places = [root, dirname(dirname(`${root}.`)), homedir()]
    .map(place => (place.endsWith('/') ? place : `${place}/`))
    .filter(place => place !== '/' && place !== `${tmpdir()}/` && place !== '/root/')
  const known = texts.flatMap(file =>
    places.filter(place => readText(file).includes(place)).map(place => `${file}: ${place}`),
  )
  expect(known).toEqual([])
})

test('no file names the host of a package registry', () => {
  const host = /\b(?:registry|npm|mirror|proxy)\.[\w-]+\.(?:org|com|net|io|dev|internal|local)\b/
  expect(texts.filter(file => host.test(readText(file)))).toEqual([])
})

test('a file is named after the one thing in it', () => {
  const vague = /(?:^|\/)(?:utils?|helpers?|common|misc)\.[cm]?[jt]sx?$/
  expect(files.filter(file => vague.test(file))).toEqual([])
  const index = /(?:^|\/)index\.[cm]?[jt]sx?$/
  const entry = /^(?:packages|examples)\/[\w-]+\/src\/index\.ts$/
  expect(files.filter(file => index.test(file) && !entry.test(file))).toEqual([])
})

test('README.md and docs name only scripts that exist', () => {
  const documents = files.filter(file => /^(?:README\.md|docs\/.*\.md)$/.test(file))
  const unknown = documents.flatMap(file =>
    listScriptMentions(readText(file))
      .filter(mention => !hasScript('', mention))
      .map(({ command }) => `${file}: ${command}`),
  )
  expect(unknown).toEqual([])
})
