import type { Attributes } from '@opentelemetry/api'
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Audience } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { createMetrics } from '../src/metrics/instruments.ts'
import { countMismatches } from '../src/requests/audience-mismatch.ts'
import type { Caller, Credential, FinishedRequest } from '../src/requests/request.ts'
import { makeRequest, ownerFor } from './make-request.ts'

const CREDENTIALS: readonly Credential[] = ['session', 'api-key', 'either', 'none']
const AUDIENCES: readonly (Audience | undefined)[] = [
  'browser',
  'partner',
  'internal',
  'admin',
  'public',
  undefined,
]

interface Judged {
  readonly attributes: Attributes
  readonly series: readonly string[]
}

async function judge(request: Partial<FinishedRequest>, knowsInternal = true): Promise<Judged> {
  const metrics = createMetrics({ maxSeries: 100 })
  const span = new TracerProvider().getTracer('test').startSpan('GET')
  countMismatches(metrics, knowsInternal)(makeRequest({ ...request, span }))
  return {
    attributes: (span as unknown as ReadableSpan).attributes,
    series: (await metrics.scrape())
      .split('\n')
      .filter(line => line.startsWith('throughline_audience_mismatch_total{')),
  }
}

/** For which audiences the credentials of a stranger do not fit. */
const MISMATCHES: Readonly<Record<Credential, readonly Audience[]>> = {
  session: ['partner', 'internal'],
  'api-key': ['browser', 'admin', 'internal'],
  either: ['internal'],
  none: ['internal'],
}

const cases = AUDIENCES.flatMap(audience =>
  CREDENTIALS.map(credential => ({
    audience,
    credential,
    misfit: audience !== undefined && MISMATCHES[credential].includes(audience),
  })),
)
test.for(cases)(
  'credentials "$credential" of a stranger on a route for "$audience": mismatch $misfit',
  async ({ audience, credential, misfit }) => {
    const { attributes, series } = await judge({ credential, owner: ownerFor(audience) })
    expect(attributes).toEqual(misfit ? { 'throughline.audience.mismatch': credential } : {})
    expect(series).toEqual(
      misfit
        ? [
            `throughline_audience_mismatch_total{http_route="/items/:id",audience="${audience}",credential="${credential}"} 1`,
          ]
        : [],
    )
  },
)

test.for<[Caller, knowsInternal: boolean, misfits: number]>([
  ['internal', true, 0],
  ['neighbour', true, 1],
  ['page', true, 1],
  ['stranger', true, 1],
  ['stranger', false, 0],
  ['neighbour', false, 0],
])(
  'on an internal route "%s" misfits, where internal callers are known: %s, %i times',
  async ([caller, knowsInternal, misfits]) => {
    const { series } = await judge({ caller, owner: ownerFor('internal') }, knowsInternal)
    expect(series).toHaveLength(misfits)
  },
)

test('a path that no route matches is counted without its name', async () => {
  const request = { route: undefined, path: '/admin/x', credential: 'api-key' } as const
  const { series } = await judge({ ...request, owner: ownerFor('admin') })
  expect(series).toEqual([expect.stringContaining('{http_route="unmatched",audience="admin",')])
})
