import { readFileSync } from 'node:fs'
import { parseCatalog, renderProblems } from '@throughline/catalog'
import { compileOwnership, type Ownership } from '../src/ownership.ts'

const EXAMPLES = new URL('../../../examples/ownership.yaml', import.meta.url)

/** The text of the catalog of the examples. */
export const exampleText: string = readFileSync(EXAMPLES, 'utf8')

/** The catalog of the examples, compiled. */
export const exampleOwnership = (): Ownership => ownershipOf(exampleText)

/** A catalog compiled from its text; throws with its problems. */
export function ownershipOf(text: string): Ownership {
  const parsed = parseCatalog(text)
  if (!parsed.ok) throw new Error(renderProblems(parsed.problems))
  return compileOwnership(parsed.value)
}

/** A catalog of teams by their channels, in flow style: `{ page: 'pagerduty:env:PD', ticket: '#t' }`. The first is the default team. */
export function teamsWith(channels: Readonly<Record<string, string>>): Ownership {
  const [first = ''] = Object.keys(channels)
  const teams = Object.entries(channels).map(
    ([team, written]) =>
      `  ${team}: { name: ${team}${written === '' ? '' : `, channels: ${written}`} }`,
  )
  return ownershipOf(`version: 1
org: { defaultTeam: ${first} }
teams:
${teams.join('\n')}
services:
  web: { kind: node, roles: { productionFix: ${first} } }
`)
}
