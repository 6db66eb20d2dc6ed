import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderYaml, type YamlValue } from '../src/yaml-text.ts'

const NASTY = [
  '',
  ' ',
  ' a',
  'a ',
  'a: b',
  'a:',
  ':a',
  'a #b',
  'a#b',
  '#b',
  '- a',
  '? a',
  '-',
  '~',
  'null',
  'Null',
  'yes',
  'NO',
  'on',
  'y',
  'true',
  '1',
  '1h',
  '500ms',
  '0b1',
  '0d',
  '_a',
  '__expr__',
  '0x1f',
  '0o17',
  '017',
  '1_000',
  '1e3',
  '.5',
  '.inf',
  '.NaN',
  '12:30:45',
  '2026-10-02',
  '2026-10-02T10:00:00Z',
  '=',
  '<<',
  '*a',
  '&a',
  '!a',
  '%a',
  '@a',
  '`a`',
  '|',
  '>',
  '---',
  '...',
  '{ a: b }',
  '[a, b]',
  'a, b',
  "it's",
  "'quoted'",
  '"quoted"',
  'a "b" \'c\' \\d',
  'C:\\new\\table',
  '{{ $labels.http_route }}',
  '/orders/\\\\{id\\\\}',
  '(sum by (job) (rate(a{b=~"c|d"}[5m])) > 0.05) and on (job) e >= 100',
  'a\tb',
  '\ta',
  'a\rb',
  'a\r\nb',
  'one\ntwo',
  'one\n\ntwo',
  'one\n  two\nthree',
  ' one\ntwo',
  'one \ntwo',
  'one\n \ntwo',
  'one\ntwo\n',
  'one\n two',
  '\none',
  '\n',
  'one\n#two',
  'one\n---\ntwo',
  'one\n\ttwo\nthree',
  'a\u0000b',
  'a\u007fb',
  'a\u0085b',
  'a\u00a0b',
  'a\u2028b',
  '\ufeffa',
  'a\ufffeb',
  'ä · “quoted” – 漢字',
  '😀 a',
]

test.for(NASTY)('a text stands where it was put: %j', text => {
  const value = { [text]: text, list: [text, { key: text, more: [[text]] }], last: 'x' }
  for (const version of ['1.1', '1.2'] as const)
    expect(parse(renderYaml(value), { version })).toEqual(value)
  expect(parse(renderYaml(text))).toBe(text)
})

test('texts of any characters come back', () => {
  const alphabet = ' \n:#-\'"\\{}[],&*!|>%@`?~=<ab1.0\té\u0085\u2028'.split('')
  let seed = 1
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const texts = Array.from({ length: 3000 }, () =>
    Array.from({ length: random(9) }, () => alphabet[random(alphabet.length)]).join(''),
  )
  expect(parse(renderYaml(texts))).toEqual(texts)
  const entries = Object.fromEntries(texts.map((text, index) => [`k${index}`, { text }]))
  expect(parse(renderYaml(entries), { version: '1.1' })).toEqual(entries)
})

test('blocks read as a person would write them', () => {
  const value: YamlValue = {
    groups: [
      {
        name: 'billing slo',
        interval: undefined,
        limit: 3,
        partial: false,
        rules: [
          { alert: 'A', expr: 'a{b="c"} > 0.5', for: '5m', labels: {} },
          { alert: 'B', note: 'one\ntwo' },
        ],
      },
    ],
    empty: [],
    nested: [['a', 'b'], [], ['a', 'yes'], [['a b'], 'c']],
  }
  expect(renderYaml(value)).toBe(`groups:
  - name: billing slo
    limit: 3
    partial: false
    rules:
      - alert: A
        expr: a{b="c"} > 0.5
        for: 5m
        labels: {}
      - alert: B
        note: |-
          one
          two
empty: []
nested:
  - [a, b]
  - []
  - - a
    - 'yes'
  - - - a b
    - c
`)
})
