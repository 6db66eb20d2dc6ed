import type { SpanCategory } from '@throughline/trace'

/** What a span is, said of its service: `web` *rendered a page*. */
export const SPAN_SENTENCES: Readonly<Record<SpanCategory, string>> = {
  page: 'rendered a page.',
  handler: 'answered a request in a route handler.',
  action: 'ran a server action.',
  proxy: 'ran its proxy, before the request reached a route.',
  api: 'answered a request.',
  job: 'worked on a job.',
  queue: 'sent a job to a queue.',
  database: 'asked its database.',
  call: 'called another service of the system.',
  external: 'called a service that is not part of the system.',
  browser: 'did this in the browser of a user.',
  internal: 'did this by itself.',
}
