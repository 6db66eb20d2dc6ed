import type { Place } from '../plant.ts'
import { PLAIN_WORD, SECRET_KINDS } from '../secrets.ts'
import { send, withForm, withHeader, withJson, type Targets } from './drivers.ts'

/** Headers of a request, each as secrets come in it. */
const HEADERS: Readonly<Record<string, (secret: string) => string>> = {
  authorization: secret => `Bearer ${secret}`,
  cookie: secret => `session=${secret}; theme=dark`,
  'x-api-key': secret => secret,
  'x-csrf-token': secret => secret,
  'proxy-authorization': secret => `Basic ${Buffer.from(`app:${secret}`).toString('base64')}`,
  referer: secret => `https://app.example/?reset=${secret}`,
  'x-request-id': secret => secret,
  'idempotency-key': secret => secret,
  'throughline-internal': secret => secret,
  tracestate: secret => `vendor=${secret}`,
  baggage: secret => `user=${secret}`,
}

/** Where every service gets requests: headers, query, path and bodies. */
export function listRequestPlaces({ carelessApi, carelessWeb, web, partnerApi }: Targets): Place[] {
  const services: Readonly<Record<string, string>> = {
    'the careless API': `${carelessApi}/anything`,
    'the careless web app': `${carelessWeb}/api/careless`,
    'the example web app': `${web}/api/billing/preview`,
    'the partner API': `${partnerApi}/v1/invoices`,
  }
  return Object.entries(services).flatMap(([service, url]): Place[] => [
    ...Object.entries(HEADERS).map(([header, write]) => ({
      name: `header ${header} to ${service}`,
      kinds: [PLAIN_WORD],
      plant: (secret: string) => send(url, withHeader(header, write(secret))),
    })),
    {
      name: `user agent to ${service}`,
      kinds: SECRET_KINDS.slice(0, 3),
      plant: secret => send(url, withHeader('user-agent', `app/1 (${secret})`)),
    },
    {
      name: `query to ${service}`,
      kinds: [PLAIN_WORD],
      plant: secret => send(`${url}?q=${secret}&${secret}`),
    },
    {
      name: `path that no route has, to ${service}`,
      kinds: SECRET_KINDS,
      plant: secret => send(`${new URL(url).origin}/nowhere/${encodeURIComponent(secret)}`),
    },
    {
      name: `JSON body to ${service}`,
      kinds: [PLAIN_WORD],
      plant: secret => send(url, withJson({ password: secret, nested: [secret] })),
    },
    {
      name: `form body to ${service}`,
      kinds: [PLAIN_WORD],
      plant: secret => send(url, withForm({ name: secret })),
    },
  ])
}
