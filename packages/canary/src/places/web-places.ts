import { readHiddenFields } from '../../../../examples/demo/src/visitor.ts'
import type { Place } from '../plant.ts'
import { PLAIN_WORD, SECRET_KINDS } from '../secrets.ts'
import { send, withJson, type Targets } from './drivers.ts'

/** Where the Next.js apps carry secrets on, in the server and in a browser. */
export function listWebPlaces({ carelessWeb, web, browser }: Targets): Place[] {
  return [
    {
      name: 'exception of a route handler',
      marker: 'the handler cannot use',
      kinds: SECRET_KINDS,
      plant: secret => send(`${carelessWeb}/api/careless`, withJson({ secret, how: 'throw' })),
    },
    {
      name: 'calls of console in a route handler',
      marker: 'no use for',
      kinds: SECRET_KINDS,
      plant: secret => send(`${carelessWeb}/api/careless`, withJson({ secret, how: 'log' })),
    },
    {
      name: 'exception of a page',
      marker: 'the page cannot use',
      kinds: SECRET_KINDS,
      plant: secret => send(`${carelessWeb}/broken?secret=${encodeURIComponent(secret)}`),
    },
    {
      name: 'argument of a server action',
      marker: 'action keep',
      kinds: [PLAIN_WORD],
      plant: secret => submit(`${carelessWeb}/action`, { secret, how: 'keep' }),
    },
    {
      name: 'exception of a server action',
      marker: 'the action cannot use',
      kinds: SECRET_KINDS,
      plant: secret => submit(`${carelessWeb}/action`, { secret, how: 'throw' }),
    },
    {
      name: 'exception and call in a browser',
      marker: 'the browser cannot use',
      kinds: SECRET_KINDS,
      plant: secret => breakInBrowser(browser, `${carelessWeb}/#${encodeURIComponent(secret)}`),
    },
    {
      name: 'password of a sign-in that fails',
      kinds: [PLAIN_WORD],
      plant: secret =>
        send(`${web}/api/session`, withJson({ email: 'ada@acme.example', password: secret })),
    },
    {
      name: 'e-mail address of a sign-up',
      kinds: SECRET_KINDS.slice(0, 1),
      plant: email =>
        send(`${web}/api/signup`, withJson({ name: 'Canary', email, password: 'a long password' })),
    },
  ]
}

/** Opens a page and sends its form, as a browser without JavaScript does. */
async function submit(url: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const form = readHiddenFields(await (await fetch(url)).text())
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  await send(url, { method: 'POST', body: form, headers: { origin: new URL(url).origin } })
}

/** Clicks on what throws, and puts the page out of sight, with which it sends what it has to tell. */
async function breakInBrowser(browser: Targets['browser'], url: string): Promise<void> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'load' })
    await Promise.all([page.waitForEvent('pageerror'), page.click('button')])
    const told = page.waitForRequest(request => request.url().includes('/api/telemetry'))
    await page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
      document.dispatchEvent(new Event('visibilitychange'))`)
    await told
  } finally {
    await context.close()
  }
}
