import type { SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import type { Gap } from '../../src/gap.ts'
import { readTrace } from '../../src/read-trace.ts'
import { ownership } from '../known-system.ts'
import { makeSpan } from '../make-span.ts'

const gapsOf = (
  service: string,
  queries: boolean,
  ...more: readonly Partial<SpanRecord>[]
): readonly Gap[] =>
  readTrace(
    [makeSpan({ kind: 'server', service }), ...more.map(given => makeSpan({ service, ...given }))],
    [],
    {
      ownership,
      services: [{ name: service, queries, serves: true }],
    },
  ).gaps

test.for([
  ['web', "serverExternalPackages: ['pg']"],
  ['api', 'node --import @throughline/node/register'],
] as const)('%s has a database, and no query of it was ever seen', ([service, mend]) => {
  const gaps = gapsOf(service, false)
  expect(gaps).toMatchObject([
    {
      reason: 'driver-not-seen',
      weight: 'gap',
      span: 0,
      certain: false,
      mend: expect.stringContaining(mend) as unknown,
    },
  ])
  expect(gaps[0]?.evidence[0]).toMatch(
    new RegExp(
      `^ownership\\.yaml:\\d+ lists db: app under services\\.${service}\\.dependencies\\.$`,
    ),
  )
})

test.for<[string, readonly Gap[]]>([
  ['that has sent queries before', gapsOf('web', true)],
  ['without a database', gapsOf('worker', false)],
  ['that the catalog does not know', gapsOf('stock', false)],
  [
    'whose first query is in this very trace',
    gapsOf('web', false, { kind: 'client', attributes: { 'db.system': 'x' } }),
  ],
  ['of which nothing is known', readTrace([makeSpan({ kind: 'server' })], [], { ownership }).gaps],
])('a service %s is no gap', ([, gaps]) => {
  expect(gaps).toEqual([])
})

test('a check of health needs no database', () => {
  const health = makeSpan({
    kind: 'server',
    attributes: { 'throughline.owner.unowned': 'by-design' },
  })
  const services = [{ name: 'web', queries: false, serves: true }]
  expect(readTrace([health], [], { ownership, services }).gaps).toEqual([])
})

test('a service that only calls in this trace is no gap', () => {
  const { gaps } = readTrace([makeSpan({ kind: 'internal' })], [], {
    ownership,
    services: [{ name: 'web', queries: false, serves: true }],
  })
  expect(gaps).toEqual([])
})
