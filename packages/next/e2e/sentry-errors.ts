import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, startSentrySink, type SentrySink } from '@throughline/checks/sentry-sink'
import { startCollector, type Collector } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type FixtureApp, type PreparedApp } from './fixture-app.ts'

const CATALOG = `version: 1
org: { defaultTeam: shop }
teams: { shop: { name: Shop }, pages: { name: Pages }, partners: { name: Partners } }
services:
  web:
    kind: next
    roles: { productionFix: shop }
    routes:
      - { match: "GET /boom", team: pages, audience: browser, work: request }
      - { match: "POST /failing-form", team: pages, audience: browser, work: request }
      - { match: "GET /api/boom", team: partners, audience: partner, work: request }
      - { match: "GET /api/user/[id]", team: partners, audience: partner, work: request }
`

const STARTERS = [
  {
    name: 'we start it',
    environment: { SENTRY_DSN: 'DSN' },
    says: [],
  },
  {
    name: 'the application starts @sentry/nextjs after us, with its defaults',
    environment: { FIXTURE_SENTRY: '{ "dsn": "DSN" }' },
    says: ['throughline: Sentry tried to trace this process, too'],
  },
]

/** Adds tests of the errors that Sentry is told of. */
export function checkSentryErrors(prepared: () => PreparedApp): void {
  describe.for(STARTERS)('Sentry, where $name', ({ environment, says }) => {
    let sink: SentrySink
    let collector: Collector
    let app: FixtureApp
    beforeAll(async () => {
      sink = await startSentrySink()
      collector = await startCollector()
      writeFileSync(join(prepared().folder, 'ownership.yaml'), CATALOG)
      const named = Object.entries(environment).map(([key, value]) => [
        key,
        value.replace('DSN', sink.dsn),
      ])
      app = await startApp(prepared(), 'register', {
        ...collector.env,
        OTEL_SERVICE_NAME: 'web',
        ...(Object.fromEntries(named) as Record<string, string>),
      })
    })
    afterAll(async () => {
      await app?.[Symbol.asyncDispose]()
      await collector?.stop()
      await sink?.[Symbol.asyncDispose]()
    })

    let users = 0
    /** Waits until all that was told before has arrived: an error of a user comes after it. */
    const settle = async (): Promise<string> => {
      users += 1
      await fetch(`${app.url}/api/user/last-${users}?ms=1`)
      const last = `user last-${users} failed`
      await sink.waitFor(last)
      return last
    }

    /** Sends the form of a page as a browser without JavaScript does. */
    const submit = async (path: string): Promise<Response> => {
      const page = await (await fetch(app.url + path)).text()
      const body = new FormData()
      for (const [, name = ''] of page.matchAll(/<input[^>]*name="([^"]+)"/g)) body.append(name, '')
      return await fetch(app.url + path, { method: 'POST', body })
    }

    test.for([
      {
        what: 'a page',
        message: 'page boom',
        path: '/boom',
        team: 'pages',
        span: 'render route (app) /boom',
      },
      {
        what: 'a route handler',
        message: 'route boom',
        path: '/api/boom',
        team: 'partners',
        span: /api\/boom$/,
      },
      {
        what: 'a server action',
        message: 'action boom',
        path: '/failing-form',
        team: 'pages',
        span: 'action failToSave',
      },
      {
        what: 'the proxy',
        message: 'proxy boom',
        path: '/item/1?boom=1',
        team: 'shop',
        span: /^middleware|^GET/,
      },
    ])(
      'an error of $what arrives once, with its span and its team',
      async ({ message, path, team, span }) => {
        sink.clear()
        collector.clear()
        const response =
          message === 'action boom' ? await submit(path) : await fetch(app.url + path)
        expect(response.status).toBe(500)
        const [event] = await sink.waitFor(message)
        expect(event?.tags).toMatchObject({ team })
        const { trace_id: traceId, span_id: spanId } = event?.contexts.trace ?? {}
        const trace = await collector.waitForTrace({ ...(traceId && { traceId }) })
        const failed = trace.spans.find(candidate => candidate.spanId === spanId)
        expect(failed?.name).toMatch(span)
        const last = await settle()
        expect(sink.events.map(messageOf)).toEqual([message, last])
      },
    )

    test('a redirect is no error', async () => {
      sink.clear()
      expect((await fetch(`${app.url}/moved`)).url).toBe(`${app.url}/static`)
      const last = await settle()
      expect(sink.events.map(messageOf)).toEqual([last])
    })

    test('of users who fail at the same time none has the tags of another', async () => {
      sink.clear()
      const ids = Array.from({ length: 60 }, (_, id) => String(id))
      await Promise.all(ids.map(id => fetch(`${app.url}/api/user/${id}?ms=200`)))
      const events = await sink.waitFor(' failed', ids.length)
      for (const event of events) {
        const [, id] = /^user (\d+) failed$/.exec(messageOf(event)) ?? []
        expect(event).toMatchObject({
          transaction: 'GET /api/user/[id]',
          tags: { user: id, team: 'partners' },
        })
      }
    })

    test('what does not go together with us is said, with the mend, and nothing else is', () => {
      const said = app
        .output()
        .split('\n')
        .filter(line => line.startsWith('throughline: Sentry'))
      expect(said).toEqual(says.map(words => expect.stringContaining(words)))
      expect(sink.types).not.toContain('span')
    })
  })
}

/** Adds a test that a build which has left the repository still finds Sentry. */
export function checkCarriedSentry(prepared: () => PreparedApp): void {
  test('it carries Sentry', async () => {
    await using sink = await startSentrySink()
    await using app = await startApp(prepared(), 'register', {
      OTEL_TRACES_EXPORTER: 'none',
      SENTRY_DSN: sink.dsn,
    })
    await fetch(`${app.url}/api/boom`)
    expect(await sink.waitFor('route boom')).toHaveLength(1)
  })
}
