import { parseCatalog } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { confirmTeam } from '../src/review/confirm-team.ts'
import { exampleText } from './read-ownership.ts'

const today = new Date('2026-11-24T12:00:00Z')
const teamsOnly = (teams: string): string => `version: 1\norg: { defaultTeam: a }\nteams:\n${teams}`

/** The lines that differ, as `old` → `new`. */
function changedLines(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  expect(now.length).toBe(old.length)
  return now.flatMap((line, index) => (line === old[index] ? [] : [`${index + 1}: ${line.trim()}`]))
}

function confirmed(text: string, team: string): string {
  const edited = confirmTeam(text, team, { today })
  if (!edited.ok) throw new Error(JSON.stringify(edited.problems))
  return edited.value.text
}

test('a date is written for the team and for each service that it fixes, and nothing else changes', () => {
  const { services, teams } = (
    parseCatalog(exampleText) as Extract<ReturnType<typeof parseCatalog>, { ok: true }>
  ).value
  const lines = changedLines(exampleText, confirmed(exampleText, 'data'))
  expect(lines.every(line => line.endsWith(': reviewedAt: 2026-11-24'))).toBe(true)
  const owned = [...services.values()].filter(({ roles }) => roles?.productionFix?.team === 'data')
  expect(lines).toHaveLength(1 + owned.length)
  expect(teams.get('data')?.reviewedAt).not.toBe('2026-11-24')
})

test('line ends of Windows and a byte order mark stay', () => {
  const windows = `\uFEFF${exampleText.replaceAll('\n', '\r\n')}`
  const edited = confirmed(windows, 'data')
  expect(edited.replaceAll('\r\n', '\n')).toBe(`\uFEFF${confirmed(exampleText, 'data')}`)
  expect(edited.replaceAll('\r\n', '')).not.toContain('\n')
})

test.for([
  [
    'a block',
    '  a:\n    name: A # the first\n    # more to come\n  b: { name: B }\n',
    '  a:\n    name: A # the first\n    reviewedAt: 2026-11-24\n    # more to come\n  b: { name: B }\n',
  ],
  [
    'a block that ends the file without a line end',
    '  a:\n    name: A',
    '  a:\n    name: A\n    reviewedAt: 2026-11-24',
  ],
  [
    'a block that ends with another block',
    '  a:\n    name: A\n    channels:\n      ticket: "#a" # yes\n\n',
    '  a:\n    name: A\n    channels:\n      ticket: "#a" # yes\n    reviewedAt: 2026-11-24\n\n',
  ],
  ['braces', '  a: { name: A }\n', '  a: { name: A, reviewedAt: 2026-11-24 }\n'],
  [
    'braces with a comma at the end',
    '  a: { name: A, }\n',
    '  a: { name: A, reviewedAt: 2026-11-24, }\n',
  ],
  [
    'braces over several lines',
    '  a: {\n    name: A # one\n  }\n',
    '  a: {\n    name: A, reviewedAt: 2026-11-24 # one\n  }\n',
  ],
  [
    'a quoted date',
    '  a: { name: A, reviewedAt: "2026-10-01" }\n',
    '  a: { name: A, reviewedAt: 2026-11-24 }\n',
  ],
] as const)('the key is added or replaced in %s', ([, before, after]) => {
  expect(confirmed(teamsOnly(before), 'a')).toBe(teamsOnly(after))
})

test('a service that falls to the default team is confirmed with it', () => {
  const text = `${teamsOnly('  a: { name: A }\n')}services:\n  web:\n    kind: node\n`
  expect(confirmed(text, 'a')).toContain('  web:\n    kind: node\n    reviewedAt: 2026-11-24\n')
})

test('each change names its line as it is now', () => {
  const text = `${teamsOnly('  a:\n    name: A\n')}services:\n  web:\n    kind: node\n`
  const edited = confirmTeam(text, 'a', { today, file: 'o.yaml' })
  expect(edited).toMatchObject({
    value: {
      changes: ['o.yaml:6: a reviewedAt: 2026-11-24', 'o.yaml:10: web reviewedAt: 2026-11-24'],
    },
  })
})

test('confirming twice on a day is the same', () => {
  const once = confirmed(exampleText, 'growth')
  expect(confirmed(once, 'growth')).toBe(once)
})

test('an unknown team is refused with the nearest', () => {
  expect(confirmTeam(exampleText, 'biling', { today })).toEqual({
    ok: false,
    problems: [
      { at: 'ownership.yaml', message: 'team "biling" is not defined', fix: 'name billing' },
    ],
  })
})

test('a broken catalog is refused with its problems', () => {
  expect(confirmTeam('version: 2\n', 'a', { today }).ok).toBe(false)
})

test.for([
  ['a team', '  a: &x { name: A }\n  b: *x\n'],
  ['a date', '  a: { name: A, reviewedAt: &d 2026-10-01 }\n  b: { name: B, reviewedAt: *d }\n'],
])('%s that others share by an anchor is refused', ([, teams = '']) => {
  expect(confirmTeam(teamsOnly(teams), 'a', { today })).toMatchObject({
    ok: false,
    problems: [{ at: 'ownership.yaml:4', message: expect.stringContaining('by an anchor') }],
  })
})
