import { expect, test } from 'vitest'
import { renderCodeowners, updateCodeowners } from '../src/exports/codeowners.ts'
import { exampleOwnership, exampleText, ownershipOf } from './read-ownership.ts'

/** Owners of a file by the last line that matches, as GitHub reads the patterns that are written here. */
function ownersOf(block: string, file: string): string[] {
  let owners: string[] = []
  for (const line of block.split('\n').filter(text => text !== '' && !text.startsWith('#'))) {
    const [pattern = '', ...named] = line.split(/(?<!\\) /)
    const path = pattern.slice(1).replaceAll('\\', '')
    if (path.endsWith('/') ? file.startsWith(path) : file === path) owners = named
  }
  return owners
}

const block = renderCodeowners(exampleOwnership())

test('sources go to the team that fixes the service, generated files to their team, the catalog to the leads', () => {
  expect(ownersOf(block, 'examples/web/src/app/page.tsx')).toEqual(['@acme/growth'])
  expect(ownersOf(block, 'alerts/billing/alerts.rules.yaml')).toEqual(['@acme/billing'])
  expect(ownersOf(block, 'dashboards/data/slo.json')).toEqual(['@acme/data'])
  expect(ownersOf(block, 'ownership.yaml')).toEqual(['@acme/eng-leads'])
  expect(ownersOf(block, 'package.json')).toEqual([])
})

test('a folder within another stands behind it', () => {
  const inner = exampleText.replace(
    'paths: ["examples/payments/**"]',
    'paths: ["examples/web/pay/**"]',
  )
  expect(ownersOf(renderCodeowners(ownershipOf(inner)), 'examples/web/pay/a.ts')).toEqual([
    '@acme/billing',
  ])
})

test('a folder of two services has the teams of both', () => {
  const shared = exampleText.replace(
    'paths: ["examples/payments/**"]',
    'paths: ["examples/web/**"]',
  )
  const both = renderCodeowners(ownershipOf(shared))
  expect(both).toContain('# payments, web\n/examples/web/ @acme/billing @acme/growth\n')
})

test('a team without a handle is named in a comment, and nothing is given to nobody', () => {
  const silent = renderCodeowners(
    ownershipOf(exampleText.replace('    github: "@acme/growth"\n', '')),
  )
  expect(silent).toContain('# Without a github handle in the catalog: growth\n')
  for (const line of silent.split('\n').filter(text => text.startsWith('/'))) {
    expect(line).toMatch(/^\S+( @\S+)+$/)
  }
})

test('spaces are escaped, and what CODEOWNERS cannot say is named in a comment', () => {
  const odd = exampleText.replace(
    'paths: ["examples/web/**"]',
    'paths: ["apps/my web/**", "app/[id]/**"]',
  )
  const text = renderCodeowners(ownershipOf(odd))
  expect(text).toContain('/apps/my\\ web/ @acme/growth\n')
  expect(text).toContain('# CODEOWNERS cannot say app/[id]/** of web\n')
})

test('an update replaces what is between the markers and keeps all else', () => {
  const before = '# ours\n* @acme/everyone\n'
  const after = '\n/docs/ @acme/writers\n'
  expect(
    updateCodeowners(
      `${before}# <throughline>\n/old/ @acme/old\n# </throughline>\n${after}`,
      block,
    ),
  ).toBe(`${before}${block}${after}`)
})

test('an update of its own output changes nothing, with line ends of Windows too', () => {
  const text = `* @acme/everyone\n${block}`
  expect(updateCodeowners(text, block)).toBe(text)
  const windows = text.replaceAll('\n', '\r\n')
  expect(updateCodeowners(windows, block)).toBe(windows)
})

test('a file without markers is not ours', () => {
  expect(updateCodeowners('* @acme/everyone\n', block)).toBeUndefined()
})

test.for([
  ['a\n# <throughline>\nb\n', /^CODEOWNERS:2: "# <throughline>" has no "# <\/throughline>"/],
  ['a\n# </throughline>\nb\n', /^CODEOWNERS:2: "# <\/throughline>" has no "# <throughline>"/],
  ['# </throughline>\n# <throughline>\n', /^CODEOWNERS:2: /],
] as const)('a marker alone is refused: %j', ([text, message]) => {
  expect(() => updateCodeowners(text, block)).toThrow(message)
})
