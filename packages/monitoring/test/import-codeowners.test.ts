import { type Catalog, parseCatalog, renderProblems } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { renderCodeowners } from '../src/exports/codeowners.ts'
import { importCodeowners } from '../src/imports/import-codeowners.ts'
import { createRandom, randomText } from './random-text.ts'
import { exampleOwnership } from './read-ownership.ts'

interface Imported {
  readonly text: string
  readonly catalog: Catalog
  readonly remarks: readonly string[]
}

function importText(codeowners: string): Imported {
  const imported = importCodeowners(codeowners, { file: 'CODEOWNERS' })
  if (!imported.ok) throw new Error(renderProblems(imported.problems))
  const { text, remarks } = imported.value
  const parsed = parseCatalog(text)
  if (!parsed.ok) throw new Error(`${renderProblems(parsed.problems)}\n${text}`)
  return {
    text,
    catalog: parsed.value,
    remarks: remarks.map(({ at, message, fix }) => `${at} ${message}; ${fix}`),
  }
}

const fixerOf = ({ catalog }: Imported, service: string): string | undefined =>
  catalog.services.get(service)?.roles?.productionFix?.team

test('what the export wrote comes back: teams, services, owners, paths and leads', () => {
  const { catalog } = exampleOwnership()
  const back = importText(renderCodeowners(exampleOwnership()))
  expect(back.remarks).toEqual([])
  expect([...back.catalog.teams.keys()]).toEqual([...catalog.teams.keys()].toSorted())
  expect([...back.catalog.services.keys()]).toEqual([...catalog.services.keys()].toSorted())
  expect(back.catalog.org.leads).toEqual(catalog.org.leads)
  for (const [name, { roles, paths }] of catalog.services) {
    expect(fixerOf(back, name)).toBe(roles?.productionFix?.team)
    expect(back.catalog.services.get(name)?.paths).toEqual(paths)
  }
  for (const [id, { github }] of catalog.teams)
    expect(back.catalog.teams.get(id)?.github).toBe(github)
})

test('teams come from handles, services from folders, the default team from *', () => {
  const found = importText(
    '* @acme/platform\n/apps/web/ @acme/growth # the shop\nservices/api/** @acme/partners\n',
  )
  expect([...found.catalog.teams.keys()]).toEqual(['growth', 'partners', 'platform'])
  expect(found.catalog.org.defaultTeam.team).toBe('platform')
  expect(found.catalog.org.github).toBe('acme')
  expect(fixerOf(found, 'web')).toBe('growth')
  expect(found.catalog.services.get('api')?.paths).toEqual(['services/api/**'])
  expect(found.remarks).toEqual([])
})

test('what could not be decided is marked', () => {
  const { text } = importText('/apps/web/ @acme/growth @acme/security\n')
  expect(text).toContain('# TODO: decide whether next, node, worker or external')
  expect(text).toContain('# TODO: decide which roles security has, which is named as well')
  expect(text).toContain('# TODO: decide which routes it has')
  expect(text).toContain('# TODO: decide how to reach it')
  expect(text).toContain('# TODO: decide who answers for whatever nothing below gives to a team')
})

test('the last line that takes a folder decides, and the one without effect is told', () => {
  const found = importText('/apps/web/ @acme/growth\n/apps/ @acme/platform\n')
  expect(fixerOf(found, 'web')).toBe('platform')
  expect(found.remarks).toContainEqual(
    'CODEOWNERS:1:1 "/apps/web/" has no effect: "/apps/" on line 2 takes it as well; remove the line, or move it below',
  )
})

test('a folder within that of a service is not another service', () => {
  const found = importText('/apps/web/ @acme/growth\n/apps/web/src/billing/ @acme/billing\n')
  expect([...found.catalog.services.keys()]).toEqual(['web'])
  expect(found.text).toContain(
    '# TODO: decide which routes "/apps/web/src/billing/" serves, for @acme/billing',
  )
  expect(found.remarks.join('\n')).toContain('lies in the folder of web')
})

test.for([
  ['/apps/web/ @mira\n', 'belongs to @mira, which is a person'],
  ['/apps/web/ mira@example.com\n', 'belongs to mira@example.com, which is a person'],
  ['/apps/web/ @@maintainer\n', 'belongs to @@maintainer, which is a person'],
  ['/apps/web/ growth\n', 'belongs to growth, which is no owner'],
] as const)('an owner who is no team is no owner here: %j', ([line, message]) => {
  const found = importText(`* @acme/platform\n${line}`)
  expect(fixerOf(found, 'web')).toBe(undefined)
  expect(found.text).toContain('# TODO: decide which team it belongs to: CODEOWNERS names ')
  expect(found.remarks.join('\n')).toContain(message)
})

test('a folder that a line takes from everybody is marked', () => {
  const found = importText('* @acme/platform\n/apps/web/\n')
  expect(fixerOf(found, 'web')).toBe(undefined)
  expect(found.text).toContain('which team it belongs to: CODEOWNERS names nobody')
})

test.for([
  ['*.ts @acme/growth\n', 'is a glob, not a folder'],
  ['/apps/*/src/ @acme/growth\n', 'is a glob, not a folder'],
  ['/apps/web/package.json @acme/growth\n', 'is a file, not a folder'],
  ['/docs/ @acme/growth\n', 'is not the folder of a service'],
  ['/.github/ @acme/growth\n', 'is not the folder of a service'],
  ['/packages/ @acme/growth\n', 'holds the folders of several services'],
  ['!/apps/web/ \n* @acme/growth\n', 'takes files out: GitHub ignores such a line'],
] as const)('what is no service is left out, and told: %j', ([line, message]) => {
  const found = importText(line)
  expect(found.catalog.services.size).toBe(0)
  expect(found.remarks.join('\n')).toContain(message)
})

test('escapes, comments, tabs and line ends of Windows are read', () => {
  const found = importText(
    '# @acme/nobody\r\n/apps/my\\ shop/\t@acme/growth   # @acme/other\r\n/\\#odd/ @acme/odd\r\n',
  )
  expect([...found.catalog.services.keys()]).toEqual(['my-shop', 'service-odd'])
  expect(found.catalog.services.get('my-shop')?.paths).toEqual(['apps/my shop/**'])
  expect([...found.catalog.teams.keys()]).toEqual(['growth', 'odd'])
})

test('sections of GitLab give default owners, and each section decides apart', () => {
  const found = importText(
    '[Product][2] @acme/growth\n/apps/web/\n/apps/api/ @acme/partners\n^[Security] @acme/security\n/apps/web/\n',
  )
  expect(fixerOf(found, 'web')).toBe('growth')
  expect(fixerOf(found, 'api')).toBe('partners')
  expect(found.text).toContain('which roles security has')
})

test('a nested group of GitLab is a team without a GitHub handle', () => {
  const found = importText('/apps/web/ @acme/product/growth\n')
  expect(found.catalog.teams.get('growth')?.github).toBe(undefined)
  expect(found.text).toContain(
    '# TODO: decide its GitHub team, since @acme/product/growth is a group of GitLab',
  )
})

test('teams that end alike, and folders that end alike, are told apart', () => {
  const found = importText('/apps/web/ @acme/web\n/sites/web/ @other/web\n')
  expect([...found.catalog.teams.keys()]).toEqual(['other-web', 'web'])
  expect([...found.catalog.services.keys()]).toEqual(['sites-web', 'web'])
})

test('a file in which only people own things still gives a catalog', () => {
  const found = importText('* @mira\n/apps/web/ @mira\n')
  expect([...found.catalog.teams.keys()]).toEqual(['unassigned'])
})

test.for(['', '# nothing\n', '\n\n', '!/a\n'])(
  'a file that gives nothing to anybody is a problem: %j',
  text => {
    const imported = importCodeowners(text, { file: 'CODEOWNERS' })
    expect(imported).toMatchObject({ ok: false })
  },
)

test('whatever can be read at all becomes a catalog that parses', () => {
  const random = createRandom(7)
  const pieces = [
    '* ', '/apps/', 'web/', 'a b', '\\ ', '\\#', '#', ' @acme/growth', ' @mira', ' a@b.co', ' @@dev', '\n', '\n', '\n',
    '[Sec]', '^[x][2]', ' @a/b/c', '!', '**/', '*.ts', '"', "'", ': ', '{', '}', '\t', '\r\n', 'null/', '1/', 'é/', '- ',
    '# <throughline>\n', '# </throughline>\n', '/alerts/x/', '\u0000', '\u2028', 'ownership.yaml',
  ] // prettier-ignore
  let read = 0
  for (let round = 0; round < 3000; round++) {
    const text = randomText(pieces, 1 + Math.floor(random() * 25), random)
    const imported = importCodeowners(text, { file: 'CODEOWNERS' })
    if (!imported.ok) continue
    read++
    const parsed = parseCatalog(imported.value.text)
    expect(parsed.ok ? '' : `${JSON.stringify(text)}\n${renderProblems(parsed.problems)}`).toBe('')
  }
  expect(read).toBeGreaterThan(1000)
})
