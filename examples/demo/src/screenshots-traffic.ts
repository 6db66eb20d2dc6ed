import { setTimeout as delay } from 'node:timers/promises'
import { mapConcurrently } from '@throughline/checks/map-concurrently'
import { urlOf, type Ports } from './addresses.ts'
import { signIn } from './visitor.ts'

interface Pace {
  /** How many requests are under way at once. */
  readonly atOnce: number
  /** From the answer to one to the next. */
  readonly pauseMs: number
}

const FAST: Pace = { atOnce: 6, pauseMs: 0 }
/** For those that stand on top of the list: they do not all come in one second. */
const CALM: Pace = { atOnce: 1, pauseMs: 350 }

type Send = (count: number) => Promise<Response>

/** Modes of the payment service. */
type Mode = 'normal' | 'slow' | 'failing'

/**
 * A few hundred requests as customers, partners and strangers make them, among them slow and failing ones. Gives how many;
 * rejects when the apps cannot be reached.
 */
export async function sendTraffic({ services }: Ports, signal: AbortSignal): Promise<number> {
  const kinds = await describeTraffic(services)
  let sent = 0
  const sendRounds = async (
    mode: Mode,
    rounds: number,
    sends: readonly Send[],
    { atOnce, pauseMs } = FAST,
  ): Promise<void> => {
    await setPayments(services, mode)
    const requests = Array.from({ length: rounds }, () => sends).flat()
    await mapConcurrently(requests, atOnce, async send => {
      signal.throwIfAborted()
      await (await send(sent++)).arrayBuffer()
      await delay(pauseMs, undefined, { signal })
    })
  }
  await sendRounds('normal', 20, kinds.everyday)
  await sendRounds('normal', 90, kinds.exports)
  await sendRounds('slow', 2, kinds.paying)
  await sendRounds('failing', 3, kinds.paying)
  await sendRounds('normal', 2, kinds.mixed, CALM)
  return sent
}

interface Kinds {
  readonly everyday: readonly Send[]
  /** Enough of them to say whether a promise is kept. */
  readonly exports: readonly Send[]
  /** What asks the payment service. */
  readonly paying: readonly Send[]
  /** The everyday requests, and here and there a report, or what fails whatever the payment service does. */
  readonly mixed: readonly Send[]
}

async function describeTraffic(services: Ports['services']): Promise<Kinds> {
  const ada = await signIn(urlOf(services.web), 'ada@acme.example', 'demo-password')
  const root = await signIn(urlOf(services.web), 'root@acme.example', 'demo-password')
  const stranger = (path: string): Promise<Response> =>
    fetch(urlOf(services.web) + path, { redirect: 'manual' })
  const api = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(urlOf(services['partner-api']) + path, {
      ...init,
      headers: { 'x-api-key': 'demo-web-key', 'content-type': 'application/json' },
    })
  // Every third invoice is one of theirs.
  const invoiceOf = (count: number): number => 3 + 3 * (count % 10)
  const everyday: Send[] = [
    () => stranger('/'),
    () => stranger('/sign-in'),
    () => ada.get('/invoices'),
    () => ada.get('/invoices?status=paid'),
    count => ada.get(`/invoices/${invoiceOf(count)}`),
    count => ada.get(`/invoices/${invoiceOf(count)}`),
    () => ada.get('/settings'),
    () => ada.get('/api/invoices/export?status=paid'),
    count => ada.post('/api/billing/plan', { plan: count % 2 === 0 ? 'business' : 'team' }),
    () => root.get('/admin'),
    () => api('/v1/invoices'),
    count => api(`/v1/invoices/${invoiceOf(count)}`),
    count => api(`/v1/invoices/${invoiceOf(count)}`),
    () => ada.get('/admin'),
  ]
  const rare: Send[] = [
    () => api('/v1/reports', { method: 'POST', body: JSON.stringify({ month: '2026-03' }) }),
    () => ada.get('/api/billing/preview?plan=team'),
    () => api('/v1/invoices/666'),
    () => ada.get('/invoices/666'),
  ]
  const share = Math.ceil(everyday.length / rare.length)
  return {
    everyday,
    exports: [() => ada.get('/api/invoices/export?status=paid')],
    paying: [
      () => ada.get('/invoices/3'),
      () => ada.post('/api/billing/plan', { plan: 'team' }),
      () => api('/v1/invoices/7'),
    ],
    mixed: rare.flatMap((send, place) => [
      ...everyday.slice(place * share, (place + 1) * share),
      send,
    ]),
  }
}

async function setPayments({ payments }: Ports['services'], mode: Mode): Promise<void> {
  await fetch(`${urlOf(payments)}/v1/mode`, { method: 'PUT', body: JSON.stringify({ mode }) })
}
