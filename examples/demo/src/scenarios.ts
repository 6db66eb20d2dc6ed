import type { SpanPattern } from '@throughline/testing'
import type { Visitor } from './visitor.ts'

/** What a scenario is driven with. */
export interface Drivers {
  readonly ada: Visitor
  /** Calls the API as a partner does. */
  readonly partner: (path: string, init?: RequestInit) => Promise<Response>
  /** Waits for the trace of what was only preparation and forgets it. */
  readonly forget: (root: string) => Promise<unknown>
}

/** One promise of the demo. */
export interface Scenario {
  readonly name: string
  /** What happens, for a reader of the terminal. */
  readonly title: string
  readonly drive: (drivers: Drivers) => Promise<Response>
  readonly status: number
  /** Name of the root span. */
  readonly root: string
  /** Ways down the trace that it must hold. */
  readonly paths: readonly (readonly SpanPattern[])[]
  /** Message of the exception that it must hold. */
  readonly exception?: string
}

const paymentCall = (service: string): SpanPattern => ({ service, kind: 'client', team: 'billing' })
const query = (service: string): SpanPattern => ({
  service,
  attributes: { 'db.system.name': 'postgresql' },
})
const asJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** All promises, in the order in which they are driven. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'page',
    title: 'A customer opens an invoice: page, partner API, database, payment service.',
    drive: ({ ada }) => ada.get('/invoices/3'),
    status: 200,
    root: 'GET /invoices/[id]',
    paths: [
      ['web GET /invoices/[id]', query('web')],
      ['web GET /invoices/[id]', 'partner-api GET /v1/invoices/:id', query('partner-api')],
      ['web GET /invoices/[id]', 'partner-api GET /v1/invoices/:id', paymentCall('partner-api')],
    ],
  },
  {
    name: 'route-handler',
    title: 'A customer changes the plan: a route handler charges and writes.',
    drive: ({ ada }) => ada.post('/api/billing/plan', { plan: 'business' }),
    status: 200,
    root: 'POST /api/billing/plan',
    paths: [
      ['web POST /api/billing/plan', query('web')],
      ['web POST /api/billing/plan', paymentCall('web')],
    ],
  },
  {
    name: 'server-action',
    title: 'A customer saves a form: a server action, by its name.',
    drive: ({ ada, forget }) =>
      ada.submit('/settings', { name: 'Ada Lovelace' }, () => forget('GET /settings')),
    status: 303,
    root: 'POST /settings',
    paths: [['web POST /settings', 'action saveSettings', query('web')]],
  },
  {
    name: 'behind-proxy',
    title: 'A customer lists invoices: proxy.ts runs first, and the page keeps its route.',
    drive: ({ ada }) => ada.get('/invoices?status=paid'),
    status: 200,
    root: 'GET /invoices',
    paths: [
      ['web GET /invoices', { attributes: { 'throughline.next.kind': 'proxy' } }],
      ['web GET /invoices', 'partner-api GET /v1/invoices', query('partner-api')],
    ],
  },
  {
    name: 'page-error',
    title: 'A page fails, because the API behind it does.',
    drive: ({ ada }) => ada.get('/invoices/666'),
    status: 500,
    root: 'GET /invoices/[id]',
    paths: [['web GET /invoices/[id]', { service: 'partner-api', status: 'error' }]],
    exception: 'the quantity "a dozen" is no whole number',
  },
  {
    name: 'route-error',
    title: 'A route handler fails on data that nobody checked.',
    drive: ({ ada }) => ada.get('/api/billing/preview?plan=team'),
    status: 500,
    root: 'GET /api/billing/preview',
    paths: [['web GET /api/billing/preview', query('web')]],
    exception: 'a dozen',
  },
  {
    name: 'api-call',
    title: 'A partner reads an invoice.',
    drive: ({ partner }) => partner('/v1/invoices/7'),
    status: 200,
    root: 'GET /v1/invoices/:id',
    paths: [
      ['partner-api GET /v1/invoices/:id', query('partner-api')],
      ['partner-api GET /v1/invoices/:id', paymentCall('partner-api')],
    ],
  },
  {
    name: 'api-error',
    title: 'A partner reads the invoice that cannot be added up.',
    drive: ({ partner }) => partner('/v1/invoices/666'),
    status: 500,
    root: 'GET /v1/invoices/:id',
    paths: [['partner-api GET /v1/invoices/:id', query('partner-api')]],
    exception: 'the quantity "a dozen" is no whole number',
  },
  {
    name: 'export',
    title: 'A customer exports invoices as CSV.',
    drive: ({ ada }) => ada.get('/api/invoices/export?status=paid'),
    status: 200,
    root: 'GET /api/invoices/export',
    paths: [['web GET /api/invoices/export', query('web')]],
  },
  {
    name: 'report-job',
    title: 'A partner orders a report: the job, in another process, continues the trace.',
    drive: ({ partner }) => partner('/v1/reports', asJson({ month: '2026-03' })),
    status: 202,
    root: 'POST /v1/reports',
    paths: [
      ['partner-api POST /v1/reports', { kind: 'producer', team: 'data' }],
      [
        'partner-api POST /v1/reports',
        { service: 'report-worker', kind: 'consumer' },
        query('report-worker'),
      ],
      [
        'partner-api POST /v1/reports',
        { service: 'report-worker', kind: 'consumer' },
        paymentCall('report-worker'),
      ],
    ],
  },
]
