import { expect, test } from 'vitest'
import { withThroughline } from '../src/config.ts'

const metadataOf = async (config: object): Promise<unknown> => {
  const { experimental } = (await withThroughline(config)('phase', {})) as {
    experimental?: { clientTraceMetadata?: string[] }
  }
  return experimental?.clientTraceMetadata
}

test('pages tell browsers their trace', async () => {
  expect(await metadataOf({})).toEqual(['traceparent', 'tracestate'])
})

test('what pages tell besides stays, and so does every other experiment', async () => {
  const experimental = { clientTraceMetadata: ['x-mine', 'tracestate'], authInterrupts: true }
  expect(await metadataOf({ experimental })).toEqual(['x-mine', 'tracestate', 'traceparent'])
  const config = await withThroughline({ experimental })('phase', {})
  expect(config.experimental.authInterrupts).toBe(true)
})

test('wrapping twice changes nothing', async () => {
  expect(await metadataOf(withThroughline({}))).toEqual(['traceparent', 'tracestate'])
  const once = await withThroughline({})('phase', {})
  expect(await withThroughline(withThroughline({}))('phase', {})).toEqual(once)
})
