import { type Catalog, parseCatalog, renderProblems } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { renderBackstage } from '../src/exports/backstage.ts'
import { importBackstage } from '../src/imports/import-backstage.ts'
import { createRandom } from './random-text.ts'
import { exampleOwnership } from './read-ownership.ts'

interface Imported {
  readonly text: string
  readonly catalog: Catalog
  readonly remarks: string
}

/** Imports texts as `a/catalog-info.yaml`, `b/catalog-info.yaml`, … */
function importTexts(...texts: readonly string[]): Imported {
  const files = texts.map((text, index) => ({
    file: `${String.fromCodePoint(97 + index)}/catalog-info.yaml`,
    text,
  }))
  const imported = importBackstage(files)
  if (!imported.ok) throw new Error(renderProblems(imported.problems))
  const { text, remarks } = imported.value
  const parsed = parseCatalog(text)
  if (!parsed.ok) throw new Error(`${renderProblems(parsed.problems)}\n${text}`)
  return { text, catalog: parsed.value, remarks: renderProblems(remarks) }
}

const component = (name: string, spec: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: ${spec}\n`
const group = (name: string, type = 'team'): string =>
  `kind: Group\nmetadata: { name: ${name} }\nspec: { type: ${type}, children: [] }\n`

test('what the export wrote comes back: teams, services, kinds, roles, paths and databases', () => {
  const { catalog } = exampleOwnership()
  const back = importTexts(renderBackstage(exampleOwnership()))
  expect(back.remarks).toBe('0 problems\n')
  expect([...back.catalog.teams.keys()]).toEqual([...catalog.teams.keys()].toSorted())
  expect([...back.catalog.services.keys()]).toEqual([...catalog.services.keys()].toSorted())
  for (const [id, { name, github }] of catalog.teams) {
    expect(back.catalog.teams.get(id)).toMatchObject({ name, github })
  }
  for (const [name, { kind, paths, roles, dependencies }] of catalog.services) {
    const found = back.catalog.services.get(name)
    expect(found).toMatchObject({ kind, paths })
    for (const [role, assignment] of Object.entries(roles ?? {})) {
      if (typeof assignment !== 'object') continue
      expect(found?.roles).toMatchObject({ [role]: { team: assignment.team } })
    }
    expect(found?.dependencies.map(({ db, team }) => [db, team])).toEqual(
      dependencies.filter(({ db }) => db !== undefined).map(({ db, team }) => [db, team]),
    )
  }
})

test.for([
  ['website', 'next'],
  ['service', 'node'],
  ['worker', 'worker'],
  ['external', 'external'],
  ['data-pipeline', 'node'],
] as const)('a component of type %s is a service of kind %s', ([type, kind]) => {
  const { catalog } = importTexts(component('web', `{ type: ${type}, owner: growth }`))
  expect(catalog.services.get('web')?.kind).toBe(kind)
})

test('a library is no service', () => {
  const found = importTexts(
    `${component('ui', '{ type: library, owner: growth }')}---\n${group('growth')}`,
  )
  expect(found.catalog.services.size).toBe(0)
  expect(found.remarks).toContain('Component "ui" is a library, not a service, and is left out')
})

test.for([
  'growth',
  'group:growth',
  'group:default/growth',
  'Group:Default/Growth',
  'default/growth',
])('the reference %s names the group', owner => {
  const found = importTexts(
    group('growth'),
    component('web', `{ type: website, owner: "${owner}" }`),
  )
  expect(found.catalog.services.get('web')?.roles?.productionFix?.team).toBe('growth')
  expect(found.remarks).toBe('0 problems\n')
})

test('a group that no file describes becomes a team, and is told', () => {
  const found = importTexts(component('web', '{ type: website, owner: ghosts }'))
  expect([...found.catalog.teams.keys()]).toEqual(['ghosts'])
  expect(found.text).toContain(
    '# TODO: decide whether it exists: no Group describes group:default/ghosts',
  )
  expect(found.remarks).toContain('belongs to group:default/ghosts, which no Group describes')
})

test.for(['user:mira', 'user:default/mira', '""'])('the owner %s is no team', owner => {
  const found = importTexts(group('growth'), component('web', `{ type: website, owner: ${owner} }`))
  expect([...found.catalog.teams.keys()]).toEqual(['growth'])
  expect(found.catalog.services.get('web')?.roles).toBe(undefined)
  expect(found.text).toContain('# TODO: decide which team it belongs to')
  expect(found.remarks).toContain('only a team can own something')
})

test('a group that is no team and owns nothing is left out', () => {
  const found = importTexts(group('acme', 'organization'), group('growth'))
  expect([...found.catalog.teams.keys()]).toEqual(['growth'])
  expect(found.remarks).toContain('Group "acme" owns nothing, and is left out')
})

test('a database that a component depends on is a dependency, another service is a question', () => {
  const database =
    'kind: Resource\nmetadata: { name: app }\nspec: { type: database, owner: data }\n'
  const needs =
    '{ type: website, owner: growth, dependsOn: ["resource:app", "component:api", "resource:gone"] }'
  const found = importTexts(group('growth'), group('data'), database, component('web', needs))
  expect(found.catalog.services.get('web')?.dependencies).toMatchObject([
    { db: 'app', team: 'data' },
  ])
  expect(found.text).toContain('# TODO: decide at which host it calls component:default/api')
  expect(found.remarks).toContain('depends on resource:default/gone, which no Resource describes')
})

test('an API of another team asks which routes are its own', () => {
  const api =
    'kind: API\nmetadata: { name: billing-api }\nspec: { type: openapi, owner: billing }\n'
  const found = importTexts(
    group('billing'),
    api,
    component('web', '{ type: website, owner: growth, providesApis: [billing-api] }'),
  )
  expect(found.text).toContain('# TODO: decide which routes billing-api has: it belongs to billing')
})

test('sources come from the annotation, else from the folder of a file about one component', () => {
  const located =
    'kind: Component\nmetadata: { name: web, annotations: { backstage.io/source-location: "url:https://github.com/acme/shop/tree/main/apps/web/" } }\nspec: { type: website, owner: growth }\n'
  expect(importTexts(located).catalog.services.get('web')?.paths).toEqual(['apps/web/**'])
  expect(
    importTexts(component('api', '{ type: service, owner: a }')).catalog.services.get('api')?.paths,
  ).toEqual(['a/**'])
})

test('systems, domains, locations and unknown kinds are told', () => {
  const other = (kind: string, spec = '{}'): string =>
    `---\nkind: ${kind}\nmetadata: { name: x-${kind} }\nspec: ${spec}\n`
  const { remarks } = importTexts(
    group('growth') +
      other('System') +
      other('Domain') +
      other('Location', '{ targets: [./b.yaml] }') +
      other('Robot') +
      other('User'),
  )
  expect(remarks).toContain('System "x-System" groups services')
  expect(remarks).toContain('Domain "x-Domain" groups services')
  expect(remarks).toContain('Location "x-Location" points to ./b.yaml, which was not read')
  expect(remarks).toContain('Robot "x-Robot" is of a kind that is not known here')
  expect(remarks).not.toContain('User')
})

test('a lifecycle other than production is a question', () => {
  const { text } = importTexts(
    component('web', '{ type: website, owner: growth, lifecycle: deprecated }'),
  )
  expect(text).toContain(
    '# TODO: decide the lifecycle of its routes: Backstage calls it deprecated',
  )
})

test.for([
  ['a template', '{% if x %}\nkind: Component\n', 'a/catalog-info.yaml:1:2: is not YAML'],
  [
    'a template in a name',
    'kind: Component\nmetadata: { name: "${{ values.name }}" }\n',
    'is no entity of Backstage',
  ],
  ['broken YAML', 'kind: [\n', 'is not YAML'],
  ['a list', '- a\n', 'a/catalog-info.yaml:1:1: is no entity of Backstage'],
  ['an alias to nothing', 'kind: *x\n', 'is not YAML'],
] as const)('%s is a remark with its place, and the rest is read', ([, text, remark]) => {
  const found = importTexts(text, group('growth'))
  expect([...found.catalog.teams.keys()]).toEqual(['growth'])
  expect(found.remarks).toContain(remark)
})

test('the same entity twice is told with the place of the first', () => {
  const { remarks } = importTexts(group('growth'), group('growth'))
  expect(remarks).toContain(
    'b/catalog-info.yaml:1:1: group:default/growth stands at a/catalog-info.yaml:1:1 already',
  )
})

test('files without a group and a component are a problem', () => {
  expect(
    importBackstage([{ file: 'a.yaml', text: 'kind: User\nmetadata: { name: mira }\n' }]),
  ).toMatchObject({
    ok: false,
    problems: [{ at: 'a.yaml', message: 'no document describes a Group or a Component' }],
  })
})

test('whatever can be read at all becomes a catalog that parses', () => {
  const random = createRandom(11)
  const kinds = ['Component', 'Component', 'Group', 'Resource', 'API', 'Location']
  const metadata = [
    'name: web',
    'name: "a b/é"',
    'name: 1x, title: "T: #"',
    'name: x, namespace: other',
    'name: x, annotations: { throughline/roles: "data: growth\\nx", throughline/paths: "a\\n\\n\\"b" }',
    'name: y, annotations: { throughline/name: "\\u0007 y", github.com/team-slug: "é/x" }',
  ]
  const specs = [
    '{ type: website, owner: growth }',
    '{ type: team, profile: { displayName: "null" } }',
    '{ owner: "user:x", type: [] }',
    '{ type: service, owner: "null", dependsOn: ["resource:web", api, 3, "resource:a b/é"] }',
    '{ type: database, owner: a/b/c }',
    '{ type: host, owner: growth }',
    '[]',
  ]
  const junk = ['', '', '', '}', '\t', '&a x: *a', '# c']
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''
  let read = 0
  for (let round = 0; round < 1000; round++) {
    const documents = Array.from(
      { length: 1 + Math.floor(random() * 5) },
      () =>
        `kind: ${pick(kinds)}\nmetadata: { ${pick(metadata)} }\nspec: ${pick(specs)}\n${pick(junk)}\n`,
    )
    const text = documents.join('---\n')
    const imported = importBackstage([{ file: 'x.yaml', text }])
    if (!imported.ok) continue
    read++
    const parsed = parseCatalog(imported.value.text)
    const problems = parsed.ok
      ? ''
      : `${text}\n${imported.value.text}\n${renderProblems(parsed.problems)}`
    expect(problems).toBe('')
  }
  expect(read).toBeGreaterThan(500)
})
