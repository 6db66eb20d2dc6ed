import { expect, test } from 'vitest'
import { createMetaView } from '../../src/views/meta-view.ts'
import { createOwnershipView } from '../../src/views/ownership-view.ts'
import { ABSENT, readyCatalog } from './catalog.ts'

const viewer = {
  version: '1.2.3',
  startedAtMs: 7,
  endpoint: 'http://x',
  limits: { maxSpans: 1, maxBytes: 2 },
}
const stored = { traces: 1, spans: 2, logs: 3, bytes: 4, evictedSpans: 5, newest: 6 }
const reader = {
  services: () => ['web', 'api'].map(name => ({ name, queries: false, serves: true })),
  teams: () => ['retired', 'billing'],
}
const BROKEN = {
  state: 'broken',
  file: 'ownership.yaml',
  problems: [{ at: 'ownership.yaml:1:1', message: 'm', fix: 'f' }],
} as const

test('teams are those of the catalog and of spans, by name, as services are', () => {
  expect(createMetaView(reader, stored, readyCatalog(), { viewer, links: {} })).toMatchObject({
    ...viewer,
    stored,
    services: ['api', 'web'],
    teams: ['billing', 'growth', 'retired'],
    catalog: { file: 'ownership.yaml', problems: [] },
  })
})

test('a catalog that is broken has its problems, and none is said of an absent one', () => {
  const broken = createMetaView(reader, stored, BROKEN, { viewer, links: {} })
  expect(broken.catalog).toEqual({ file: BROKEN.file, problems: BROKEN.problems })
  expect(createMetaView(reader, stored, ABSENT, { viewer, links: {} }).catalog).toBeUndefined()
})

test('the report is of the day, and what no line lists is named but for jobs and what no route answers', async () => {
  const requests = [{ startMs: 0, durationMs: 1, failed: false, traceId: '', spanId: '' }]
  const route = (path: string, isJob = false) => ({
    service: 'web',
    method: 'GET',
    route: path,
    isJob,
    team: undefined,
    audience: undefined,
    unowned: undefined,
    requests,
  })
  const served = ['/invoices/[id]', '/health', '/surprise', 'unmatched'].map(path => route(path))
  const view = await createOwnershipView(
    readyCatalog(),
    () => [...served, route('a job', true)],
    new Date('2026-11-29T12:00:00Z'),
  )
  expect(view).toMatchObject({
    state: 'ready',
    report: { on: '2026-11-29', catalog: 'ownership.yaml' },
    unlistedSeen: [
      { service: 'web', method: 'GET', route: '/surprise', requests: 1, team: 'growth' },
    ],
  })
  expect(view.state === 'ready' && view.report.alerts.length).toBeGreaterThan(5)
})

test.for([ABSENT, BROKEN])('without a catalog that can be read the view is %o', async catalog => {
  expect(await createOwnershipView(catalog, () => [], new Date())).toEqual(catalog)
})
