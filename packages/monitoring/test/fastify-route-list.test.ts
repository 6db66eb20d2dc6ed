import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findFastifyRoutes } from '../src/lint/routes-in-code/fastify.ts'
import { parseRouteList } from '../src/lint/routes-in-code/route-list.ts'
import { openSources } from '../src/lint/routes-in-code/source-tree.ts'

/** An application with what Fastify knows of prefixes, methods and parameters. */
const APP: Readonly<Record<string, string>> = {
  'app.js': `const Fastify = require('fastify')
const { admin } = require('./admin.js')
module.exports = routes => {
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    for (const verb of [method].flat()) routes.push({ service: 'api', method: verb, route: url })
  })
  app.get('/', handler)
  app.get('/years/:year?', handler)
  app.get('/files/*', handler)
  app.get('/at/:hour(^\\\\d{2})h', handler)
  app.route({ method: ['PUT', 'PATCH'], url: '/items/:id', handler })
  app.register(async v1 => {
    v1.get('/', handler)
    v1.post('/charges', handler)
    serveReports(v1)
    v1.register(admin, { prefix: '/admin' })
  }, { prefix: '/v1' })
  return app
}
function serveReports(instance) {
  instance.delete('/reports/:id', handler).head('/reports', handler)
}
const handler = async () => 'ok'
`,
  'admin.js': `exports.admin = async app => {
  app.options('/', async () => 'ok')
  app.get('/users/:id', async () => 'ok')
}
`,
  'print.js': `const routes = []
require('./app.js')(routes).ready().then(() => console.log(JSON.stringify(routes)))
`,
}

/** What Fastify itself registers, as the file of \`--routes\` has it. */
function printRoutes(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-fastify-'))
  try {
    for (const [name, text] of Object.entries(APP)) writeFileSync(join(folder, name), text)
    const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
    return execFileSync(process.execPath, [join(folder, 'print.js')], {
      encoding: 'utf8',
      env: { ...process.env, NODE_PATH: modules },
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the routes that are read from sources are those that Fastify registers', () => {
  const listed = parseRouteList(printRoutes(), 'routes.json')
  const registered = listed.ok ? listed.value.map(({ pattern }) => pattern.text) : []
  const found = findFastifyRoutes('api', openSources(new Map(Object.entries(APP))))
  expect(found?.gaps).toEqual([])
  const read = found?.routes.map(({ pattern }) => pattern.text) ?? []
  // Fastify adds a HEAD to each GET; the catalog's GET answers for it.
  const added = read.flatMap(text => (text.startsWith('GET ') ? [text.replace('GET', 'HEAD')] : []))
  expect([...new Set([...read, ...added])].toSorted()).toEqual([...new Set(registered)].toSorted())
  expect(read).toHaveLength(13)
})
