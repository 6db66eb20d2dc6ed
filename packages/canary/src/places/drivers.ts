import type { Browser } from 'playwright-core'

/** The processes that secrets are planted in. */
export interface Targets {
  readonly carelessApi: string
  readonly carelessWeb: string
  /** The example apps. */
  readonly web: string
  readonly partnerApi: string
  readonly browser: Browser
}

/** Sends a request and waits for the whole answer, whatever its status is. */
export async function send(url: string, init: RequestInit = {}): Promise<void> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  await response.arrayBuffer()
}

/** A request with a header. */
export const withHeader = (name: string, value: string): RequestInit => ({
  headers: { [name]: value },
})

/** A request that carries JSON. */
export const withJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** A request that carries what a form sends. */
export const withForm = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})
