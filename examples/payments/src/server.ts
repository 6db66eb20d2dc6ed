import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { createCharge, findCharge, parseChargeRequest } from './charges.ts'
import { isMode, SLOW_MS, type Mode } from './mode.ts'

interface Answer {
  readonly status: number
  readonly body?: object
}

const problem = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
})

/** The payment service: plain node:http, and nothing that traces. */
export function createPayments(startMode: Mode): Server {
  let mode = startMode

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname } = new URL(request.url ?? '/', 'http://payments')
    const route = `${request.method} ${pathname}`
    if (route === 'GET /health') return { status: 200, body: { status: 'ok' } }
    if (route === 'PUT /v1/mode') {
      const { mode: wanted } = ((await read(request)) ?? {}) as { mode?: unknown }
      if (!isMode(wanted))
        return problem(400, 'invalid_request', 'mode is none of normal, slow, failing')
      mode = wanted
      return { status: 204 }
    }
    if (mode === 'failing')
      return problem(503, 'payments_unavailable', 'The payment service is set to fail.')
    if (mode === 'slow') await delay(SLOW_MS)
    if (route === 'POST /v1/charges') {
      const wanted = parseChargeRequest(await read(request))
      if (!wanted.ok) return problem(400, 'invalid_request', wanted.message)
      return { status: 201, body: createCharge(wanted.amountCents, wanted.currency) }
    }
    const [, id] = /^GET \/v1\/charges\/([^/]+)$/.exec(route) ?? []
    const charge = id === undefined ? undefined : findCharge(id)
    return charge === undefined
      ? problem(404, 'not_found', `There is no ${pathname}.`)
      : { status: 200, body: charge }
  }

  return createServer((request, response) => {
    answer(request).then(
      given => send(response, given),
      () => send(response, problem(500, 'internal', 'The payment service failed.')),
    )
  })
}

/** The body as JSON; undefined when it is none. */
function read(request: IncomingMessage): Promise<unknown> {
  return json(request).catch(() => undefined)
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body && JSON.stringify(body))
}
