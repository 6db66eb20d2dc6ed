import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readFullYaml } from '../src/full-yaml.ts'
import { parsePlainYaml } from '../src/plain-yaml.ts'
import { brokenCatalogs } from './broken-catalogs.ts'
import { createRandom, type Random } from './random.ts'

const fixture = await readFile(new URL('fixtures/ownership.yaml', import.meta.url), 'utf8')

const plainTexts = [
  fixture,
  'a: 1\nb: two\n',
  'a:\nb: 1',
  'a: # said below\n  # here\n  b: 1 # one#\n',
  'a: x#y  \nb: "#x" # c\n',
  '- a: 1\n  b: 2\n- c: [x]\n',
  '- a\n',
  'k:\n- a\n- b: 1\n  c: 2\nz: 1',
  'a: 007\nb: 1.50\nc: 2026-10-02\nd: 90d\ne: true\nf: 99999999999999999999\n',
  'a:\n  {b: 1,\n   c: 2}\nd: 1',
  '{a: 1, b: [c, d, ], }\n',
  'a: b:c\nd: http://x/y?z=1#f\ne: GET /x/[id]\n',
  'a: {match: GET /x, t: "GET /x/[id]"}',
  '"a": 1\n\'b\': \'it is\'\n"": 2\n',
  'name: Zahlung ✓ 🙂 é\n',
  '\n\n  a: 1\n  b: 2\n\n',
  'a: x y \u00a0\n',
]

test.for(plainTexts)('plain YAML is read as the yaml package reads it: %j', text => {
  const plain = parsePlainYaml(text)
  expect(plain).toBeDefined()
  expect(readFullYaml(text)).toEqual({ ok: true, root: plain })
})

const others = [
  '',
  '# nothing\n',
  'a: &anchor 1\nb: *anchor\n',
  'a: !!str 1\n',
  'a: |\n  text\n',
  'a: >\n  text\n',
  'a: one\n  two\n',
  'a: "one\n  two"\n',
  'a: "\\n"\n',
  "a: 'it''s'\n",
  'a:\tb\n',
  'a: 1\r\nb: 2\r\n',
  '? a\n: 1\n',
  '---\na: 1\n',
  'a: 1\n...\n',
  '%YAML 1.2\n---\na: 1\n',
  'a: ~\n',
  'a: 0x1f\n',
  'a: 1e3\n',
  'a: .5\n',
  'a: .inf\n',
  'a: 1.\n',
  'a: -1\n',
  'a: Null\n',
  '- - a\n',
  '- \n- a\n',
  '{a, b: 1}\n',
  '[a: 1]\n',
  'just text\n',
  'a: b: c\n',
  'a: [1,2\nb: 3\n',
  'a: 1\n b: 2\n',
  'a:\n  b: 1\n c: 2\n',
  'a: "x" y\n',
  'a: [b,#c\n d]\n',
  '\ufeffa: 1\n',
  `${'['.repeat(40)}${']'.repeat(40)}`,
]

test.for(others)('YAML that is not plain, or not valid, is left to the yaml package: %j', text => {
  expect(parsePlainYaml(text)).toBeUndefined()
})

const PIECES = [
  'a¦b: ¦key:¦: ¦:¦ ¦  ¦    ¦\n¦\n  ¦\n- ¦- ¦-¦, ¦,¦[¦]¦{¦}¦"¦\'¦"q"¦\'s\'¦#¦ # c¦1¦2.5¦true¦null¦~¦.',
  '&x ¦*x¦!t ¦|¦>¦?¦? ¦%¦@¦`¦\\¦\t¦---¦...¦<<: ¦é¦🙂¦\n\n¦\n    ¦x: {¦}\n¦y: [¦]\n¦\u00a0¦0¦e3¦-5¦+1',
].flatMap(line => line.split('¦'))

const soup = (random: Random): string =>
  Array.from({ length: 1 + random.below(12) }, () => random.pick(PIECES)).join('')

/** A valid file with a few pieces put in, taken out or doubled. */
function mutate(text: string, random: Random): string {
  let mutated = text
  for (let edits = 1 + random.below(3); edits > 0; edits--) {
    const at = random.below(mutated.length)
    const removed = random.below(3) * random.below(4)
    mutated =
      mutated.slice(0, at) +
      (random.below(3) > 0 ? random.pick(PIECES) : '') +
      mutated.slice(at + removed)
  }
  return mutated
}

function expectSame(text: string): boolean {
  const plain = parsePlainYaml(text)
  if (plain !== undefined)
    expect(readFullYaml(text), JSON.stringify(text)).toEqual({ ok: true, root: plain })
  return plain !== undefined
}

test('whatever is read as plain, the yaml package reads the same: random texts', () => {
  const random = createRandom(1)
  const plain = Array.from({ length: 20_000 }, () => expectSame(soup(random))).filter(Boolean)
  expect(plain.length).toBeGreaterThan(200)
})

test('whatever is read as plain, the yaml package reads the same: a catalog with mutations', () => {
  const random = createRandom(2)
  const part = fixture.slice(0, fixture.indexOf('partner-api:'))
  const plain = Array.from({ length: 1000 }, () => expectSame(mutate(part, random))).filter(Boolean)
  expect(plain.length).toBeGreaterThan(200)
})

test('whatever is read as plain, the yaml package reads the same: broken catalogs', () => {
  const plain = brokenCatalogs.filter(({ text }) => expectSame(text.replaceAll('»', '')))
  expect(plain.length).toBeGreaterThan(20)
})
