import { expect, test } from 'vitest'
import type { Gap } from '../../src/gap.ts'
import { readTrace } from '../../src/read-trace.ts'
import type { Surroundings } from '../../src/surroundings.ts'
import { ownership } from '../known-system.ts'
import { makeSpan } from '../make-span.ts'

const page = makeSpan({ kind: 'server', durationMs: 100 })
const callTo = (host: string, withheld = true): ReturnType<typeof makeSpan> =>
  makeSpan({
    kind: 'client',
    parentSpanId: page.spanId,
    attributes: {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': host,
      ...(withheld && { 'throughline.propagation': 'withheld' }),
    },
  })
const gapsOf = (surroundings: Surroundings, ...hosts: readonly string[]): readonly Gap[] =>
  readTrace([page, ...hosts.map(host => callTo(host))], [], surroundings).gaps

test('a service that is somebody else’s is told nothing on purpose', () => {
  expect(gapsOf({ ownership }, 'payments.example.com')).toMatchObject([
    {
      reason: 'header-withheld',
      weight: 'note',
      span: 1,
      sentence: "payments is somebody else's: it is told no trace, on purpose.",
      certain: true,
      mend: undefined,
    },
  ])
})

test('a host that the catalog does not know is a gap, with both edits that mend it', () => {
  const [gap, ...others] = gapsOf({ ownership }, 'orders.example.com')
  expect(others).toEqual([])
  expect(gap).toMatchObject({
    weight: 'gap',
    sentence: 'The trace stops at orders.example.com, which was told no trace header.',
    evidence: [
      expect.stringContaining('throughline.propagation = withheld'),
      'No service of ownership.yaml has the host orders.example.com.',
    ],
  })
  expect(gap?.mend).toContain(
    'add "orders.example.com" to services.<its name>.hosts in ownership.yaml',
  )
  expect(gap?.mend).toContain('THROUGHLINE_PROPAGATE_TO of web')
  expect(gap?.mend).toContain('kind: external')
})

test('so is every host without a catalog', () => {
  expect(gapsOf({}, 'payments.example.com')).toMatchObject([
    { weight: 'gap', evidence: [expect.anything(), expect.stringContaining('no catalog')] },
  ])
})

test('a dependency that is no service is known to be somebody else’s', () => {
  const [gap] = gapsOf({ ownership }, 'mail.example.com')
  expect(gap).toMatchObject({
    weight: 'note',
    sentence: expect.stringContaining('dependency of web') as unknown,
  })
  expect(gap?.evidence[1]).toMatch(
    /^ownership\.yaml:\d+ lists it under services\.web\.dependencies\.$/,
  )
})

test('a service of ours was called by who has another catalog', () => {
  const [gap] = gapsOf({ ownership }, 'api.internal')
  expect(gap).toMatchObject({
    weight: 'gap',
    mend: expect.stringContaining('THROUGHLINE_CATALOG') as unknown,
  })
})

test('each host is told once for each service that calls it', () => {
  const hosts = ['a.example.org', 'a.example.org', 'b.example.org']
  expect(gapsOf({ ownership }, ...hosts).map(({ span }) => span)).toEqual([1, 3])
})

test('a call that was told the trace is no such gap', () => {
  const { gaps } = readTrace([page, callTo('orders.example.com', false)], [], { ownership })
  expect(gaps).toEqual([])
})
