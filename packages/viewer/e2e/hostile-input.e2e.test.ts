import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CONNECTIONS, LARGE_CONNECTIONS } from './hostile/connections.ts'
import { IDS_AND_VALUES } from './hostile/ids-and-values.ts'
import { IMPORTS_AND_SEARCHES } from './hostile/imports-and-searches.ts'
import { JSON_BODIES } from './hostile/json-bodies.ts'
import { ODD_TRACES } from './hostile/odd-traces.ts'
import { PROTOBUF_BODIES } from './hostile/protobuf-bodies.ts'
import { ODD_REQUESTS } from './hostile/requests.ts'
import { SIZES } from './hostile/sizes.ts'
import type { HostileCase } from './hostile/verdict.ts'
import { sendWitness, type Witness } from './hostile/witness.ts'
import { startViewerProcess, type RunningViewer } from './running-viewer.ts'

/** What the process may take. */
const MAX_BYTES = 300 * 2 ** 20
/** The same after bodies and files of the largest size: not all that was freed is given back. */
const MAX_BYTES_AFTER_LARGE = 640 * 2 ** 20

const GROUPS: Readonly<Record<string, readonly HostileCase[]>> = {
  'protobuf that is not what it should be': PROTOBUF_BODIES,
  'JSON that is not what it should be': JSON_BODIES,
  'odd types, compressions, methods and paths': ODD_REQUESTS,
  'odd ids and values': IDS_AND_VALUES,
  'odd traces': ODD_TRACES,
  'odd connections': CONNECTIONS,
  'odd files and searches': IMPORTS_AND_SEARCHES,
}

let viewer: RunningViewer
/** A trace that was there before all else. */
let first: Witness

beforeAll(async () => {
  viewer = await startViewerProcess()
  first = await sendWitness(viewer)
})

afterAll(() => viewer?.[Symbol.asyncDispose]())

function describeCases(name: string, cases: readonly HostileCase[]): void {
  describe.for([name])('%s', () => {
    let before: Witness

    beforeEach(async () => {
      before = await sendWitness(viewer)
    })

    test.for(cases)('$name', async ({ attack, gives }) => {
      expect(await attack(viewer)).toMatchObject(gives as object)
      const after = await sendWitness(viewer)
      for (const witness of [first, before, after]) await witness.expectWhole()
    })
  })
}

for (const [name, cases] of Object.entries(GROUPS)) describeCases(name, cases)

test('the viewer takes less than 300 MB', async () => {
  const { rss } = await viewer.readMemory()
  expect(rss).toBeLessThan(MAX_BYTES)
})

const TOO_MUCH = [...SIZES, ...LARGE_CONNECTIONS]

describeCases('too much at once', TOO_MUCH)

test('there are cases enough', () => {
  expect([...Object.values(GROUPS), TOO_MUCH].flat().length).toBeGreaterThan(60)
})

test('the viewer still runs, and has printed nothing', () => {
  expect([viewer.hasEnded(), viewer.output()]).toEqual([false, ''])
})

test('nothing that was sent was removed, and each part of the API answers', async () => {
  const { stored } = await viewer.readMeta()
  expect(stored.evictedSpans).toBe(0)
  for (const path of ['routes', 'map', 'ownership', 'traces?limit=500', 'traces/count'])
    expect(await viewer.read(`/api/${path}`)).toBeTypeOf('object')
})

test('the viewer takes little more for what is too large, and does not keep it', async () => {
  const { rss } = await viewer.readMemory()
  expect(rss).toBeLessThan(MAX_BYTES_AFTER_LARGE)
})
