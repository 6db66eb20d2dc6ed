import { expect, test } from 'vitest'
import {
  explainOwner,
  type OwnerExplanation,
  type OwnerQuestion,
} from '../src/review/explain-owner.ts'
import { renderOwner } from '../src/review/render-owner.ts'
import { exampleOwnership, exampleText, teamsWith } from './read-ownership.ts'

function explain(question: OwnerQuestion): OwnerExplanation {
  const explained = explainOwner(exampleOwnership(), question)
  if (!explained.ok) throw new Error(JSON.stringify(explained.problems))
  return explained.value
}

const lineOf = (text: string): number =>
  exampleText.slice(0, exampleText.indexOf(text)).split('\n').length

test('a listed route has the team of its line, and says which line that is', () => {
  const found = explain({ service: 'web', method: 'POST', path: '/api/billing/plan' })
  expect(found).toMatchObject({
    team: 'billing',
    ownership: 'listed',
    audience: 'browser',
    people: '#billing',
    decidedBy: {
      at: `ownership.yaml:${lineOf('"POST /api/billing/plan"')}`,
      rule: 'POST /api/billing/plan',
    },
    reaches: { ticket: { channel: '#billing-alerts', channelTeam: 'billing' } },
  })
  expect(found.roles).toHaveLength(8)
})

test('a role is asked for by name', () => {
  const question = { service: 'web', method: 'POST', path: '/api/billing/plan' } as const
  expect(explain({ ...question, role: 'authReview' })).toMatchObject({ team: 'security' })
})

test('a route that matches nothing falls to the team of the service, and says so', () => {
  const found = explain({ service: 'web', method: 'GET', path: '/nobody/lists/this' })
  expect(found).toMatchObject({ team: 'growth', ownership: 'unlisted', audience: undefined })
  expect(renderOwner(found)).toContain(
    'No route of web matches: the team of the service answers for it.',
  )
})

test('a route that has no team by design says that', () => {
  expect(renderOwner(explain({ service: 'web', method: 'GET', path: '/api/health' }))).toContain(
    'No team lists it, by design',
  )
})

test('the text begins with the answer', () => {
  const [first] = renderOwner(
    explain({ service: 'web', method: 'GET', path: '/invoices/7' }),
  ).split('\n')
  expect(first).toBe('web GET /invoices/7: billing')
})

test('a channel of another team is named as such, and a team that nobody can reach too', () => {
  const borrowed = explainOwner(teamsWith({ a: '{ ticket: "#a" }', b: '' }), {
    service: 'web',
    method: 'GET',
    path: '/',
  })
  expect(borrowed.ok && renderOwner(borrowed.value)).toContain('tickets      #a\n')
  const lost = explainOwner(teamsWith({ a: '' }), { service: 'web', method: 'GET', path: '/' })
  expect(lost.ok && renderOwner(lost.value)).toContain('pages        nobody\n')
})

test.for([
  [{ service: 'wbe', method: 'GET', path: '/' }, 'service "wbe" is not in the catalog', 'name web'],
  [{ service: 'web', method: 'GTE', path: '/' }, 'method "GTE" is not in the catalog', 'name GET'],
] as const)('%j is a problem with the nearest', ([question, message, fix]) => {
  expect(explainOwner(exampleOwnership(), question)).toEqual({
    ok: false,
    problems: [{ at: 'ownership.yaml', message, fix }],
  })
})
