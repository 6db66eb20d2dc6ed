import { createRequire } from 'node:module'

interface Result {
  readonly '2xx': number
  readonly non2xx: number
  readonly errors: number
}

// autocannon brings no types.
const autocannon = createRequire(import.meta.url)('autocannon') as (options: {
  readonly url: string
  readonly connections: number
  readonly duration: number
}) => Promise<Result>

/** Loads `url` for some whole seconds over 32 connections; gives the number of answers. Rejects when any was not 2xx. */
export async function load(url: string, seconds: number): Promise<number> {
  const result = await autocannon({ url, connections: 32, duration: seconds })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`)
  }
  return result['2xx']
}
