import { randomBytes } from 'node:crypto'
import { urlOf } from '../../../../examples/demo/src/addresses.ts'
import type { Stack } from '../../../../examples/demo/src/stack.ts'
import { signIn, type Visitor } from '../../../../examples/demo/src/visitor.ts'
import type { Traffic } from './load.ts'

const PASSWORD = 'demo-password'

/** Whoever uses the example apps. */
export interface Customers {
  readonly ada: Visitor
  readonly root: Visitor
  /** Calls the web app without a session. */
  readonly stranger: (path: string, init?: RequestInit) => Promise<Response>
  /** Calls the partner API with a key. */
  readonly partner: (path: string, key: string, init?: RequestInit) => Promise<Response>
  /** Asks the report worker how it is. */
  readonly probe: () => Promise<Response>
  /** Tells the web app what a browser met on a page. */
  readonly report: (path: string) => Promise<Response>
}

/** Signs in everybody who needs to be. */
export async function createCustomers({ services }: Stack['ports']): Promise<Customers> {
  const [webUrl, apiUrl] = [urlOf(services.web), urlOf(services['partner-api'])]
  return {
    ada: await signIn(webUrl, 'ada@acme.example', PASSWORD),
    root: await signIn(webUrl, 'root@acme.example', PASSWORD),
    stranger: (path, init) => fetch(webUrl + path, { redirect: 'manual', ...init }),
    partner: (path, key, init = {}) =>
      fetch(apiUrl + path, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), 'x-api-key': key },
      }),
    probe: () => fetch(`${urlOf(services['report-worker'])}/health`),
    report: path =>
      fetch(`${webUrl}/api/telemetry`, {
        ...sendJson(describeReport(path)),
        headers: { 'content-type': 'application/json', origin: webUrl },
      }),
  }
}

/** What the client of @throughline/next sends: half a second in, the vitals of the page and an error. */
function describeReport(path: string): object {
  const vital = (name: string, value: number): object => ({ kind: 'vital', t: 400, name, value })
  return {
    v: 1,
    sent: Date.now(),
    now: 500,
    path,
    trace: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
    items: [
      ...['ttfb', 'fcp', 'lcp', 'inp'].map(name => vital(name, 120)),
      vital('cls', 0.02),
      { kind: 'error', t: 450, path, type: 'TypeError', message: 'x is undefined' },
    ],
  }
}

const sendJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** Key of a partner of the seed that may send ten requests a second. */
const PARTNER = 'demo-partner-key'
/** Key that may send three a minute. */
const LIMITED = 'demo-limited-key'
/** Key of the web app, which may send a hundred a second. */
const WEB = 'demo-web-key'

/** A bit of everything that the apps serve, refuse and fail at: about seven requests a second. */
export function describeEverydayTraffic({
  ada,
  root,
  stranger,
  partner,
  probe,
}: Customers): Traffic[] {
  const signUp = (count: number): object => ({
    name: 'Somebody',
    email: `somebody-${count}@acme.example`,
    password: PASSWORD,
  })
  const order = (month: string): Promise<Response> =>
    partner('/v1/reports', PARTNER, sendJson({ month }))
  let report = ''
  return [
    traffic('front page', 2_000, () => stranger('/'), 200),
    traffic('sign-up page', 4_000, () => stranger('/sign-up'), 200),
    traffic('sign-up', 5_000, count => stranger('/api/signup', sendJson(signUp(count))), 201),
    traffic('sign-up without a name', 3_000, () => stranger('/api/signup', sendJson({})), 400),
    traffic('sign-in page', 4_000, () => stranger('/sign-in'), 200),
    traffic('sign-in with a wrong password', 6_000, () => guessPassword(stranger), 401),
    traffic('sign-out', 10_000, () => stranger('/sign-out', { method: 'POST' }), 303),
    traffic('invoices', 3_000, () => ada.get('/invoices?status=paid'), 200),
    // Fails while payments do, by way of the API.
    traffic('invoice', 10_000, () => ada.get('/invoices/3'), 200, 500),
    traffic('settings', 5_000, () => ada.get('/settings'), 200),
    traffic(
      'save settings',
      10_000,
      () => ada.submit('/settings', { name: 'Ada' }, () => Promise.resolve()),
      303,
    ),
    traffic('admin for a member', 5_000, () => ada.get('/admin'), 403),
    traffic('admin', 5_000, () => root.get('/admin'), 200),
    traffic('preview of no plan', 5_000, () => ada.get('/api/billing/preview?plan=none'), 400),
    traffic('export', 3_000, () => ada.get('/api/invoices/export?status=paid'), 200),
    traffic('health', 10_000, () => stranger('/api/health'), 200),
    traffic('health of the worker', 5_000, probe, 200),
    traffic('no such page', 5_000, () => stranger('/no-such-page'), 404),
    traffic('list of the API', 1_000, () => partner('/v1/invoices', PARTNER), 200),
    traffic('API without a known key', 6_000, () => partner('/v1/invoices', 'no-key'), 401),
    traffic('API over the limit', 6_000, () => partner('/v1/invoices', LIMITED), 200, 429),
    traffic('no such endpoint', 5_000, () => partner('/v1/no-such-endpoint', PARTNER), 404),
    traffic(
      'report',
      5_000,
      async () => {
        const answer = await order('2026-03')
        report = ((await answer.clone().json()) as { readonly id: string }).id
        return answer
      },
      202,
    ),
    traffic('report of no month', 5_000, () => order('soon'), 400),
    traffic('state of a report', 5_000, () => partner(`/v1/reports/${report}`, PARTNER), 200, 400),
  ]
}

/** Somebody at one address who guesses passwords and keys, repeats requests, and comes with whatever he has to any door. */
export function describeAbuse({ stranger, partner }: Customers): Traffic[] {
  const repeated = { ...sendJson({ month: '2026-04' }), headers: REPEATED }
  return [
    traffic('guessed password', 800, () => guessPassword(stranger), 401),
    traffic('guessed key', 500, count => partner('/v1/invoices', `guess-${count}`), 401),
    traffic('repeated report', 1_000, () => partner('/v1/reports', PARTNER, repeated), 202),
    traffic('API far over the limit', 500, () => partner('/v1/invoices', LIMITED), 200, 429),
    traffic('session at the API', 2_000, () => partner('/v1/invoices', '', COOKIE), 401),
    traffic('key at the admin page', 2_000, () => stranger('/admin', KEY), 303),
  ]
}

const REPEATED = { 'content-type': 'application/json', 'idempotency-key': 'again-and-again' }
const COOKIE: RequestInit = { headers: { cookie: 'session=of.somebody' } }
const KEY: RequestInit = { headers: { 'x-api-key': PARTNER } }

const guessPassword = (stranger: Customers['stranger']): Promise<Response> =>
  stranger('/api/session', sendJson({ email: 'ada@acme.example', password: 'no-password' }))

/** What browsers tell of the pages that they have loaded, one page after the other. */
export function describeBrowsers({ report }: Customers): Traffic {
  const pages = ['/', '/sign-in', '/invoices', '/admin']
  const send = (count: number): Promise<Response> => report(pages[count % pages.length] ?? '/')
  return traffic('report of a browser', 2_000, send, 204)
}

/** Changes of the plan: each charges the customer, and fails while payments do. */
export function describePlanChanges({ ada }: Customers, everyMs: number): Traffic {
  // Neither is the plan that the customer of the seed has: a change to the same plan is refused, and charges nothing.
  const plans = ['business', 'starter']
  const change = (count: number): Promise<Response> =>
    ada.post('/api/billing/plan', { plan: plans[count % plans.length] })
  return traffic('change of plan', everyMs, change, 200, 409, 502)
}

/** Reads of one invoice by way of the API: each asks for its charge, and fails while payments do. */
export function describeInvoiceReads({ partner }: Customers, everyMs: number): Traffic {
  return traffic('invoice of the API', everyMs, () => partner('/v1/invoices/7', WEB), 200, 502)
}

function traffic(
  name: string,
  everyMs: number,
  send: Traffic['send'],
  ...statuses: readonly number[]
): Traffic {
  return { name, everyMs, send, statuses }
}
