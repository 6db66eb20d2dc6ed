import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startExample, type RunningExample } from '../demo/src/start-example.ts'

let payments: RunningExample
beforeAll(async () => {
  payments = await startExample({ name: 'payments', args: ['src/main.ts'] })
})
afterAll(() => payments?.[Symbol.asyncDispose]())

const call = async (
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(payments.url + path, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

test('a charge takes the money that was asked for', async () => {
  expect(
    await call('POST', '/v1/charges', { customerId: 1, amountCents: 4900, currency: 'EUR' }),
  ).toEqual({
    status: 201,
    body: {
      id: expect.stringMatching(/^ch_\w{8}$/),
      status: 'succeeded',
      amountCents: 4900,
      currency: 'EUR',
    },
  })
})

test('a charge can be looked up, and is always worth the same', async () => {
  const [first, second] = [
    await call('GET', '/v1/charges/ch_7'),
    await call('GET', '/v1/charges/ch_7'),
  ]
  expect(first).toMatchObject({
    status: 200,
    body: { id: 'ch_7', status: 'succeeded', currency: 'EUR' },
  })
  expect(second).toEqual(first)
})

test.for([
  { what: 'no JSON', body: '{', message: 'customerId is not a whole number' },
  { what: 'no customer', body: {}, message: 'customerId is not a whole number' },
  {
    what: 'no money',
    body: { customerId: 1, amountCents: 0 },
    message: 'amountCents is not a whole number above 0',
  },
  {
    what: 'an unknown currency',
    body: { customerId: 1, amountCents: 1, currency: 'euro' },
    message: 'currency is not a code of three capital letters',
  },
])('a charge with $what is refused', async ({ body, message }) => {
  expect(await call('POST', '/v1/charges', body)).toEqual({
    status: 400,
    body: { error: { code: 'invalid_request', message } },
  })
})

test('what does not exist is 404', async () => {
  expect((await call('GET', '/v1/charges/nothing')).status).toBe(404)
  expect((await call('DELETE', '/v1/charges/ch_7')).status).toBe(404)
})

test('it can be set to fail, to be slow, and back', async () => {
  expect((await call('PUT', '/v1/mode', { mode: 'odd' })).status).toBe(400)
  expect((await call('PUT', '/v1/mode', { mode: 'failing' })).status).toBe(204)
  expect(await call('GET', '/v1/charges/ch_7')).toMatchObject({
    status: 503,
    body: { error: { code: 'payments_unavailable' } },
  })
  await call('PUT', '/v1/mode', { mode: 'slow' })
  const from = performance.now()
  expect((await call('GET', '/v1/charges/ch_7')).status).toBe(200)
  expect(performance.now() - from).toBeGreaterThan(1_400)
  await call('PUT', '/v1/mode', { mode: 'normal' })
})

test('an occupied port is said, with what to do', async () => {
  const second = spawn(process.execPath, ['src/main.ts'], {
    cwd: import.meta.dirname,
    env: { ...process.env, PORT: new URL(payments.url).port },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  second.stderr.on('data', chunk => (said += String(chunk)))
  expect(await once(second, 'close')).toEqual([1, null])
  expect(said).toContain(`port ${new URL(payments.url).port} is taken; set PORT to another one`)
})
