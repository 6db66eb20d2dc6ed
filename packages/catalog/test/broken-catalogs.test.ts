import { expect, test } from 'vitest'
import { parseCatalog } from '../src/parse.ts'
import { renderProblems } from '../src/problem.ts'
import { type BrokenCatalog, brokenCatalogs } from './broken-catalogs.ts'

const today = new Date('2026-11-23T12:00:00Z')

/** The text without its markers, and the places they marked. */
function place({ text }: BrokenCatalog): { text: string; marked: string[] } {
  const marked: string[] = []
  let clean = ''
  for (const [index, part] of text.split('»').entries()) {
    if (index > 0) {
      const lines = clean.split('\n')
      marked.push(`ownership.yaml:${lines.length}:${(lines.at(-1) ?? '').length + 1}`)
    }
    clean += part
  }
  return { text: clean, marked }
}

test.for([...brokenCatalogs])('$name: every problem, with its place and its fix', broken => {
  const { text, marked } = place(broken)
  const parsed = parseCatalog(text, { today })
  const [only = ''] = marked
  const expected = broken.problems.map(([message, fix], index) => ({
    at: marked[index] ?? only,
    message,
    fix,
  }))
  expect(parsed).toEqual({ ok: false, problems: expected })
})

const mendable = brokenCatalogs.filter(({ fixMends = true }) => fixMends)

test.for(mendable)('$name: its fix, taken literally, mends it', broken => {
  const [before = '', after = ''] = broken.text.split('»')
  const [, written = ''] = /^write (.*)$/.exec(broken.problems[0]?.[1] ?? '') ?? []
  const wrong = /^(?:"[^"]*"|[^,:}\]\n]+(?:(?::(?! ))[^,}\]\n]*)?)/.exec(after)?.[0] ?? ''
  expect(written).not.toBe('')
  const mended = `${before}${written}${after.slice(wrong.trimEnd().length)}`
  expect(parseCatalog(mended, { today }), mended).toMatchObject({ ok: true })
})

test('there are enough broken catalogs, and each mistake is tried once', () => {
  expect(brokenCatalogs.length).toBeGreaterThan(60)
  expect(new Set(brokenCatalogs.map(({ text }) => text)).size).toBe(brokenCatalogs.length)
})

test.for([
  'pagerduty:f3a9c0d1e2b34455',
  'pagerduty:env:f3a9_c0d1',
  'opsgenie:sk_live_0123456789',
  'https://hooks.slack.com/services/T000/B000/XXXXXXXX',
])('a secret where a channel should be is not repeated: %s', secret => {
  const text = `version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A, channels: { page: "${secret}" } } }\n`
  const parsed = parseCatalog(text, { today })
  const said = parsed.ok ? secret : renderProblems(parsed.problems)
  expect(said.toLowerCase()).not.toContain(secret.slice(-8).toLowerCase())
  expect(said).toContain('ownership.yaml:3:')
})
