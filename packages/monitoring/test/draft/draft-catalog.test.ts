import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { draftCatalog } from '../../src/draft/draft-catalog.ts'
import { isUneditedDraft } from '../../src/draft/draft-seal.ts'
import { covers } from '../../src/lint/route-listing.ts'
import { exampleOwnership } from '../read-ownership.ts'
import {
  app,
  draftFiles,
  draftFolder,
  type Files,
  fixerOf,
  git,
  routesOf,
  todosOf,
} from './repository.ts'

const PAGE = 'export default () => null'

const WEB: Files = {
  'apps/web/package.json': '{ "dependencies": { "next": "16.0.0" } }',
  'apps/web/next.config.ts': 'export default {}',
  'apps/web/app/page.tsx': PAGE,
  'apps/web/app/admin/users/page.tsx': PAGE,
  'apps/web/app/billing/[id]/page.tsx': PAGE,
  'apps/web/app/api/billing/route.ts': 'export async function POST() {}',
}

const API: Files = {
  'apps/api/package.json': '{ "dependencies": { "fastify": "5.0.0" } }',
  'apps/api/src/app.ts':
    "import Fastify from 'fastify'\nconst app = Fastify()\napp.get('/v1/invoices/:id', () => {})",
}

const APPS = [app('web', 'apps/web', 'next'), app('api', 'apps/api')]

test('a monorepo of two apps has the routes of each, pages for browsers', () => {
  const drafted = draftFiles({ ...WEB, ...API }, APPS)
  expect([...drafted.catalog.services.keys()]).toEqual(['api', 'web'])
  expect(drafted.catalog.services.get('api')?.paths).toEqual(['apps/api/**'])
  expect(routesOf(drafted, 'api')).toEqual(['GET /v1/invoices/:id unassigned'])
  expect(routesOf(drafted, 'web')).toEqual([
    'GET / unassigned browser',
    'GET /admin/users unassigned',
    'POST /api/billing unassigned',
    'GET /billing/[id] unassigned browser',
  ])
  expect(drafted.text).toContain(
    '{ match: "GET /admin/users", team: unassigned } # TODO: decide whether its audience is admin',
  )
})

test('without a word about teams there is one default team', () => {
  const drafted = draftFiles(WEB, [app('web', 'apps/web', 'next')])
  expect([...drafted.catalog.teams.keys()]).toEqual(['unassigned'])
  expect(drafted.catalog.org.defaultTeam.team).toBe('unassigned')
  expect(fixerOf(drafted, 'web')).toBe(undefined)
  expect(todosOf(drafted)).toContain(
    'which team it belongs to: neither CODEOWNERS nor Backstage names one',
  )
})

test.for(['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'])(
  '%s says whose an app and its routes are, the last line that takes a file',
  file => {
    const codeowners = [
      '* @acme/platform',
      '/apps/web/ @acme/growth @acme/design',
      '/apps/web/app/billing/ @acme/billing',
    ]
    const drafted = draftFiles({ ...WEB, ...API, [file]: codeowners.join('\n') }, APPS)
    expect(drafted.text.split('\n')[0]).toContain(`from the code, ${file} (draft `)
    expect(drafted.catalog.org.defaultTeam.team).toBe('platform')
    expect(drafted.catalog.org.github).toBe('acme')
    expect([fixerOf(drafted, 'web'), fixerOf(drafted, 'api')]).toEqual(['growth', 'platform'])
    expect(routesOf(drafted, 'web')).toContain('GET /billing/[id] billing browser')
    expect(routesOf(drafted, 'web')).toContain('POST /api/billing growth')
    expect(todosOf(drafted)).toContain('which roles design has, which is named as well')
  },
)

const BACKSTAGE = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shop }
spec: { type: website, lifecycle: production, owner: growth, dependsOn: [resource:orders] }
---
kind: Resource
metadata: { name: orders }
spec: { type: database, owner: data }
---
kind: Group
metadata: { name: growth, annotations: { github.com/team-slug: acme/growth-crew } }
spec: { type: team }
`

test('Backstage says whose an app is by its folder, and what it depends on', () => {
  const drafted = draftFiles(
    {
      ...WEB,
      'apps/web/package.json': '{ "dependencies": { "next": "16.0.0", "pg": "8.0.0" } }',
      'apps/web/catalog-info.yaml': BACKSTAGE,
    },
    [app('web', 'apps/web', 'next')],
  )
  expect(fixerOf(drafted, 'web')).toBe('growth')
  expect(drafted.catalog.services.get('web')?.dependencies).toMatchObject([
    { db: 'orders', team: 'data' },
  ])
  expect(todosOf(drafted).join('\n')).not.toContain('package.json has pg')
  expect(drafted.text.split('\n')[0]).toContain('from the code, apps/web/catalog-info.yaml (draft ')
})

test('a team of Backstage is that of CODEOWNERS with its handle, and where they differ both are named', () => {
  const drafted = draftFiles(
    {
      ...WEB,
      'apps/web/catalog-info.yaml': BACKSTAGE,
      CODEOWNERS: '* @acme/growth-crew\n/apps/web/ @acme/web\n/apps/web/app/billing/ @acme/data\n',
    },
    [app('web', 'apps/web', 'next')],
  )
  expect([...drafted.catalog.teams.keys()]).toEqual(['data', 'growth', 'web'])
  expect(drafted.catalog.teams.get('growth')?.github).toBe('@acme/growth-crew')
  expect(fixerOf(drafted, 'web')).toBe('growth')
  expect(todosOf(drafted)).toContain('which roles web has, which is named as well')
  expect(routesOf(drafted, 'web')).toContain('GET /billing/[id] data browser')
  expect(routesOf(drafted, 'web')).toContain('GET / growth browser')
})

test('whoever has everything is not asked about at each app that Backstage gives to a team', () => {
  const drafted = draftFiles(
    { ...WEB, 'apps/web/catalog-info.yaml': BACKSTAGE, CODEOWNERS: '* @acme/platform\n' },
    [app('web', 'apps/web', 'next')],
  )
  expect(fixerOf(drafted, 'web')).toBe('growth')
  expect(drafted.catalog.org.defaultTeam.team).toBe('platform')
  expect(drafted.text).not.toContain('which roles platform has')
})

test('git suggests people by their names, and only where nobody is named', () => {
  const commit = (root: string): void => {
    git(root, ['init', '--quiet'])
    git(root, ['add', 'apps/web'])
    git(root, ['commit', '--quiet', '-m', 'web'], 'Mira Ito')
    git(root, ['add', '.'])
    git(root, ['commit', '--quiet', '-m', 'api'], 'Jo Park')
    writeFileSync(join(root, 'apps/web/version.txt'), '2')
    git(root, ['add', '.'])
    git(root, ['commit', '--quiet', '-m', 'release'], 'deploy[bot]')
  }
  const files = { ...WEB, ...API, CODEOWNERS: '/apps/api/ @acme/partners\n' }
  const drafted = draftFiles(files, APPS, commit)
  expect(todosOf(drafted)).toContain(
    'which team it belongs to: neither CODEOWNERS nor Backstage names one; by git, Mira Ito (1 commit) changed it most',
  )
  expect(drafted.text).not.toContain('Jo Park')
  expect(drafted.text).not.toContain('example.com')
})

test('a repository without a commit is as good as none', () => {
  const asked = (prepare?: (root: string) => void): string[] =>
    todosOf(draftFiles(WEB, APPS, prepare))
  const bare = asked()
  expect(bare).toContain('which team it belongs to: neither CODEOWNERS nor Backstage names one')
  expect(asked(root => git(root, ['init', '--quiet']))).toEqual(bare)
})

test.for([
  ["fetch('https://api.stripe.com/v1/charges')", 'api.stripe.com'],
  ['fetch(`https://api.stripe.com/v1/${id}`, { method: "POST" })', 'api.stripe.com'],
  ["const BASE = 'https://api.stripe.com'\nfetch(`${BASE}/v1/${id}`)", 'api.stripe.com'],
  ["fetch('https://user:secret@api.stripe.com:8443?x=1')", 'api.stripe.com:8443'],
  ["fetch('https://api.stripe.com' + path)", undefined],
  ['fetch(`https://${region}.stripe.com/v1`)', undefined],
  ['fetch(`https://api${suffix}`)', undefined],
  ["fetch('http://localhost:3000/x')", undefined],
  ["fetch('/api/x')", undefined],
  ['fetch(url)', undefined],
] as const)('the host of %j is %j, as a question', ([call, host]) => {
  const drafted = draftFiles({ 'api/src/a.ts': call }, [app('api')])
  const asked = todosOf(drafted).filter(todo => todo.includes('{ host: "'))
  expect(asked).toEqual(
    host === undefined
      ? []
      : [
          `whose ${host} is, which api/src/a.ts:${call.split('\n').length} calls: dependencies: [{ host: "${host}", team: … }]`,
        ],
  )
  expect(drafted.catalog.services.get('api')?.dependencies).toEqual([])
})

test('drivers in package.json ask whose their databases are', () => {
  const manifest = {
    dependencies: { ioredis: '5', pg: '8', zod: '4' },
    devDependencies: { mysql2: '3' },
  }
  const drafted = draftFiles({ 'api/package.json': JSON.stringify(manifest) }, [app('api')])
  expect(todosOf(drafted).filter(todo => todo.includes('package.json'))).toEqual([
    'whose database it is that package.json has ioredis for (Redis): dependencies: [{ db: …, team: … }]',
    'whose database it is that package.json has pg for (PostgreSQL): dependencies: [{ db: …, team: … }]',
  ])
})

test('what cannot be read of a route is a question in the text, and a remark', () => {
  const drafted = draftFiles(
    {
      'api/app.js':
        "const express = require('express')\nconst app = express()\napp.get(process.env.P, h)\napp.get('/ok', h)",
    },
    [app('api')],
  )
  expect(routesOf(drafted, 'api')).toEqual(['GET /ok unassigned'])
  expect(todosOf(drafted)).toContain(
    'which routes api/app.js:3 has: the path of a route cannot be read',
  )
  expect(drafted.remarks).toEqual(['api/app.js:3 api: the path of a route cannot be read'])
})

test('routes that match the same requests are one line', () => {
  const drafted = draftFiles(
    {
      'api/app.js':
        "import express from 'express'\nconst app = express()\napp.get('/a/:id', h)\napp.get('/a/:slug', h)\napp.get('/a/:id', h)\napp.all('/b', h)",
    },
    [app('api')],
  )
  expect(routesOf(drafted, 'api')).toEqual(['GET /a/:id unassigned', '/b unassigned'])
})

test.for([
  [
    'sources that do not parse',
    { 'api/a.ts': "import express from 'express'; const app = express(; {" },
  ],
  ['an empty file', { 'api/a.ts': '' }],
  ['a package.json that is no JSON', { 'api/package.json': '{' }],
  ['YAML that is none', { 'catalog-info.yaml': 'kind: [', 'api/a.ts': '' }],
  ['CODEOWNERS without an entry', { CODEOWNERS: '# nothing\n', 'api/a.ts': '' }],
  ['CODEOWNERS of people', { CODEOWNERS: '* @mira mira@example.com\n', 'api/a.ts': '' }],
  ['no folder', {}],
] as const)('%s gives a draft that parses, without routes', ([, files]) => {
  const drafted = draftFiles(files, [app('api')])
  expect(drafted.catalog.services.get('api')?.routes).toEqual([])
  expect([...drafted.catalog.teams.keys()]).toEqual(['unassigned'])
  expect(drafted.remarks).toContain(
    'api api: its sources hold no instance of Fastify, Express, Hono or Nest',
  )
})

test('without an application there is a catalog without services', () => {
  const drafted = draftFiles({}, [])
  expect(drafted.catalog.services.size).toBe(0)
  expect(todosOf(drafted)).toContain(
    'which services there are: services: { web: { kind: next, … } }',
  )
})

test('an application in the root leaves out those within it', () => {
  const files = {
    'server.js': "const express = require('express')\nconst app = express()\napp.get('/root', h)",
    ...WEB,
    ...API,
  }
  const drafted = draftFiles(files, [app('shop', ''), ...APPS])
  expect(routesOf(drafted, 'shop')).toEqual(['GET /root unassigned'])
  expect(drafted.catalog.services.get('shop')?.paths).toEqual(['**'])
  expect(routesOf(drafted, 'web')).toHaveLength(4)
})

test('two applications of one name are two services, and a question', () => {
  const drafted = draftFiles({}, [app('api', 'b'), app('api', 'a'), app('my api', 'c')])
  expect([...drafted.catalog.services].map(([name, { paths }]) => [name, ...paths])).toEqual([
    ['api', 'a/**'],
    ['api-2', 'b/**'],
    ['my-api', 'c/**'],
  ])
  expect(todosOf(drafted)).toContain('its name: another application is called api as well')
})

test('a Next.js application without next.config is one all the same', () => {
  const { 'apps/web/next.config.ts': _, ...files } = WEB
  const drafted = draftFiles(files, [app('web', 'apps/web', 'next')])
  expect(routesOf(drafted, 'web')).toHaveLength(4)
})

test('a big application has every route once, in order, and the same text again', () => {
  const pages = Array.from({ length: 400 }, (_, index) => `web/app/(shop)/p${index}/[id]/page.tsx`)
  const routers = Array.from({ length: 100 }, (_, index) => `web/src/pages/api/r${index}.ts`)
  const files = Object.fromEntries([...pages, ...routers].map(path => [path, PAGE]))
  const apps = [app('web', 'web', 'next')]
  const first = draftFiles({ ...files, 'web/next.config.js': '' }, apps)
  const lines = routesOf(first, 'web')
  expect(lines).toHaveLength(500)
  expect(new Set(lines).size).toBe(500)
  expect(lines.filter(line => line.endsWith(' browser'))).toHaveLength(400)
  const again = draftFiles({ 'web/next.config.js': '', ...files }, apps.toReversed())
  expect(again.text).toBe(first.text)
})

const EXAMPLES = fileURLToPath(new URL('../../../../', import.meta.url))

test('the draft of the examples has the routes that their catalog lists', () => {
  const apps = [
    app('web', 'examples/web', 'next'),
    app('partner-api', 'examples/partner-api'),
    app('report-worker', 'examples/report-worker', 'worker'),
  ]
  const drafted = draftFolder(EXAMPLES, apps)
  const { catalog } = exampleOwnership()
  for (const name of ['web', 'partner-api']) {
    const found = drafted.catalog.services.get(name)?.routes.map(({ match }) => match) ?? []
    const listed = catalog.services.get(name)?.routes.map(({ match }) => match) ?? []
    const unlisted = found.filter(route => !listed.some(line => covers(line, route)))
    const unfound = listed.filter(line => !found.some(route => covers(line, route)))
    expect([name, unlisted, unfound]).toEqual([name, [], []])
  }
  expect(drafted.catalog.services.get('report-worker')?.kind).toBe('worker')
  expect(drafted.remarks).toEqual([])
})

test('only a draft that nobody changed is known as one', () => {
  const { text } = draftCatalog({ root: EXAMPLES, apps: [app('web', 'examples/web', 'next')] })
  expect(text.split('\n')[0]).toMatch(
    /^# Drafted by throughline init from the code, .* \(draft [0-9a-f]{8}\): decide what is marked, and remove the marks\.$/,
  )
  expect(isUneditedDraft(text)).toBe(true)
  expect(isUneditedDraft(text.replaceAll('\n', '\r\n'))).toBe(true)
  expect(isUneditedDraft(`${text}\n`)).toBe(false)
  expect(isUneditedDraft(text.replace('kind: next', 'kind: node'))).toBe(false)
  expect(isUneditedDraft(text.replace(/\(draft \w+\)/, '(draft 00000000)'))).toBe(false)
  expect(isUneditedDraft(text.split('\n').slice(1).join('\n'))).toBe(false)
  expect(isUneditedDraft('')).toBe(false)
})
