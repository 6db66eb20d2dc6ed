import { expect, test } from 'vitest'
import { listFiles, readText } from '../src/files.ts'

const PAGE = 'docs/errors.md'

/** Packages whose messages the page may answer. */
const ANSWERED = ['catalog', 'cli', 'monitoring', 'next', 'node', 'otlp', 'setup', 'viewer']

/** Packages of which it answers every message: they run in an application, where nobody sees what called them. */
const RUNTIME = ['next', 'node']

/** What a message is said by. */
const SAYS =
  /(?:\.report|diag\.(?:error|warn)|new ThroughlineError|onMissing|refuse|(?:notices|warnings)\.push)\(/g

/** Tables of words that messages are made of. */
const TABLE = /\bWORDS\b[^=\n]*= \{/g

/** Shorter texts name a cause, a format or a value. */
const SHORTEST_MESSAGE = 12

/** A text of a source. */
const TEXT = /'(?:[^'\\\n]|\\.)*'|`[^`]*`/g

/** A text or a bracket. */
const TOKEN = new RegExp(`${TEXT.source}|[()[\\]{}]`, 'g')

/** Letters of the shortest part of a text that stands for itself. */
const SHORTEST_PART = 4

const headings = [...readText(PAGE).matchAll(/^### `(?<message>.+)`$/gm)].map(
  match => match.groups?.['message'] ?? '',
)

test('the page answers something', () => {
  expect(headings.length).toBeGreaterThan(0)
  expect(headings).toEqual([...new Set(headings)])
})

const texts = ANSWERED.flatMap(name => readSources(name)).flatMap(listTexts)

test.for(headings)('"%s" is said by our sources', heading => {
  expect(unsaidOf(heading, texts)).toEqual([])
})

const messages = RUNTIME.flatMap(name => readSources(name)).flatMap(listMessages)

test('the messages of the packages that run in an application are found', () => {
  expect(messages).toContain('… was not started: … already traces this process')
  expect(messages).toContain('no collector listens there')
  expect(messages.length).toBeGreaterThan(30)
})

test.for([...new Set(messages)])('"%s" has a heading', message => {
  expect(headings.filter(heading => isAbout(heading, message))).not.toEqual([])
})

const codes = ANSWERED.flatMap(name => readSources(name))
  .flatMap(source => listCalls(source, /new ThroughlineError\(/g))
  .flatMap(call => [...call.matchAll(/\bcode: '(?<code>[A-Z_]+)'/g)])
  .map(match => match.groups?.['code'] ?? '')

test.for([...new Set(codes)])('%s is named', code => {
  expect(readText(PAGE)).toContain(`\`${code}\``)
})

test('texts and messages are found as they are written', () => {
  const source = [
    "reporter.report('cause', `${name} holds ${quote({ a: 1 })}; it is left out`)",
    "// a remark is no `text`, nor is what it's made of",
    "diag.error('a query of pg (or so) is not measured', thrown)",
    "const WORDS: Record<string, string> = { closed: 'nobody reads stdout any more' }",
  ].join('\n')
  expect(listMessages(source)).toEqual([
    '… holds …; it is left out',
    'a query of pg (or so) is not measured',
    'nobody reads stdout any more',
  ])
  expect(isAbout('… holds …; it is left out', '… holds …, no network; it is left out')).toBe(true)
  expect(isAbout('a query of … is not measured', 'a pool of pg is not measured')).toBe(false)
  expect(
    unsaidOf('… holds nothing: it is left out', ['… holds …: …', 'nothing', 'it is left']),
  ).toEqual(['holds nothing: it is left out'])
  expect(unsaidOf('… holds nothing', ['… holds …', 'nothing'])).toEqual([])
})

function readSources(name: string): string[] {
  return listFiles(`packages/${name}`)
    .filter(file => /^packages\/[\w-]+\/(?:bin|src)\/.*\.[jt]sx?$/.test(file))
    .map(readText)
}

/** The texts of a source, with … for each value that is put into them. */
function listTexts(source: string): string[] {
  return [...withoutValues(withoutRemarks(source)).matchAll(TEXT)].map(([text]) =>
    text.slice(1, -1).replaceAll('\\n', ' ').replaceAll(/\\(.)/g, '$1'),
  )
}

/** What a source says to a user, as far as it stands where it is said. */
function listMessages(source: string): string[] {
  return [...listCalls(source, SAYS), ...listCalls(source, TABLE)]
    .map(part => part.replaceAll(/\bfix: [\s\S]*/g, ''))
    .flatMap(listTexts)
    .filter(text => text.length >= SHORTEST_MESSAGE && text.includes(' '))
}

/** What stands in the brackets that each match of `opening` opens. */
function listCalls(source: string, opening: RegExp): string[] {
  const code = withoutValues(withoutRemarks(source))
  return [...code.matchAll(opening)].map(({ index, 0: opened }) =>
    insideOf(code, index + opened.length),
  )
}

function withoutRemarks(source: string): string {
  return source.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '')
}

/** Text with … for each `${…}`; the innermost first, since they may hold texts themselves. */
function withoutValues(code: string): string {
  const simpler = code.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…')
  return simpler === code ? code : withoutValues(simpler)
}

/** What stands from a place on until the bracket is closed that was opened before it. */
function insideOf(code: string, from: number): string {
  let depth = 1
  for (const { index, 0: token } of code.slice(from).matchAll(TOKEN)) {
    if ('([{'.includes(token)) depth += 1
    if (')]}'.includes(token)) depth -= 1
    if (depth === 0) return code.slice(from, from + index)
  }
  return code.slice(from)
}

/** What stands between the values of a heading. */
function partsOf(heading: string): string[] {
  return heading
    .split('…')
    .map(part => part.replaceAll(/^[\s:;.,()]+|[\s:;.,(]+$/g, ''))
    .filter(part => part !== '')
}

/** What of a heading is said by no text: neither as it stands, nor put together from parts of several. */
function unsaidOf(heading: string, sources: readonly string[]): string[] {
  return partsOf(heading).filter(
    part => !sources.some(text => text.includes(part)) && !isPutTogether(part, sources),
  )
}

function isPutTogether(part: string, sources: readonly string[]): boolean {
  const pieces = sources.flatMap(partsOf).filter(piece => piece.length >= SHORTEST_PART)
  const covered = new Set(pieces.flatMap(piece => placesOf(piece, part)))
  return [...part.matchAll(/[\p{L}\p{N}]/gu)].every(({ index }) => covered.has(index))
}

/** Each place in a text that a piece covers. */
function placesOf(piece: string, text: string): number[] {
  const from = text.indexOf(piece)
  return from === -1 ? [] : Array.from(piece, (_, at) => from + at)
}

/** Whether a heading is about a message: one of them says what the other does, in that order, and perhaps more. */
function isAbout(heading: string, message: string): boolean {
  return says(heading, partsOf(message)) || says(message, partsOf(heading))
}

function says(text: string, parts: readonly string[]): boolean {
  let from = 0
  return (
    parts.length > 0 &&
    parts.every(part => {
      const at = text.indexOf(part, from)
      from = at + part.length
      return at !== -1
    })
  )
}
