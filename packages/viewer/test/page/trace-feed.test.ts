import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SpanRecord } from '@throughline/otlp'
import { expect, onTestFinished, test } from 'vitest'
import { RequestFailure } from '../../page/data/fetch-json.ts'
import type { Live, LiveState } from '../../page/data/live.ts'
import { createTraceFeed, type TraceFeed } from '../../page/traces/trace-feed.ts'
import { openReader } from '../../src/store/open-reader.ts'
import { openWriter } from '../../src/store/open-writer.ts'

/** A store, and a feed that lists it. */
interface Setting {
  readonly feed: TraceFeed
  /** How many listen to the viewer. */
  readonly listening: () => number
  readonly titles: () => readonly string[]
  /** Stores requests of these routes, each later than the one before, and tells the page. */
  readonly send: (...routes: readonly string[]) => void
  /** Stores spans, and tells the page. */
  readonly store: (...spans: readonly SpanRecord[]) => void
  /** Empties the store, as a viewer does that is started again. */
  readonly restart: () => void
  readonly setAway: (isAway: boolean) => void
  readonly look: () => () => void
}

function setUp(): Setting {
  const folder = mkdtempSync(join(tmpdir(), 'feed-'))
  let opened = 0
  const open = () => {
    opened += 1
    const path = join(folder, `store-${opened}`)
    const writer = openWriter({ path })
    return { writer, reader: openReader(path) }
  }
  let store = open()
  const close = (): void => {
    store.reader[Symbol.dispose]()
    store.writer[Symbol.dispose]()
  }
  onTestFinished(() => {
    close()
    rmSync(folder, { recursive: true })
  })
  let state: LiveState = { stored: store.writer.stored(), isConnected: true, isLost: false }
  let isAway = false
  const listeners = new Set<() => void>()
  const live: Live = {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    read: () => state,
  }
  const tell = (): void => {
    state = { ...state, stored: store.writer.stored() }
    for (const listener of listeners) listener()
  }
  const answer = (path: string): unknown => {
    if (isAway) throw new RequestFailure('the viewer does not answer', 'start it again', 0)
    const { pathname, searchParams } = new URL(path, 'http://viewer')
    const search = searchParams.get('q') ?? ''
    const before = searchParams.get('before')
    const limit = Number(searchParams.get('limit'))
    return pathname === '/api/traces'
      ? store.reader.listTraces(search, { limit, ...(before !== null && { before }) })
      : store.reader.countTraces(search, Number(searchParams.get('after')))
  }
  const feed = createTraceFeed(live, {
    everyMs: 5,
    ask: <T>(path: string) => Promise.resolve().then(() => answer(path) as T),
  })
  const add = (...spans: readonly SpanRecord[]): void => {
    store.writer.addSpans(spans)
    tell()
  }
  let sent = 0
  return {
    store: add,
    feed,
    listening: () => listeners.size,
    titles: () => feed.read().found?.traces.map(({ title }) => title) ?? [],
    send(...routes) {
      add(
        ...routes.map(route => {
          sent += 1
          return makeRequest(sent, route)
        }),
      )
    },
    restart() {
      close()
      store = open()
      tell()
    },
    setAway: next => {
      isAway = next
    },
    look: () => feed.subscribe(() => undefined),
  }
}

function makeRequest(number: number, route: string): SpanRecord {
  const startMs = Date.now() - 1_000_000 + number
  const nanoseconds = BigInt(startMs) * 1_000_000n
  return {
    traceId: number.toString(16).padStart(32, '0'),
    spanId: number.toString(16).padStart(16, '0'),
    parentSpanId: undefined,
    traceState: '',
    flags: 1,
    name: `GET ${route}`,
    kind: 'server',
    startUnixNano: nanoseconds,
    endUnixNano: nanoseconds + 5_000_000n,
    startMs,
    durationMs: 5,
    status: 'unset',
    statusMessage: '',
    attributes: { 'http.request.method': 'GET', 'http.route': route },
    resource: { attributes: { 'service.name': 'web' } },
    scope: { name: 'test', version: '' },
    service: 'web',
    events: [],
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

test('what comes later waits until it is asked for, and only what matches is counted', async () => {
  const { feed, titles, send, look } = setUp()
  send('/a', '/b')
  onTestFinished(look())
  feed.open('route:/a')
  await expect.poll(titles).toEqual(['GET /a'])

  send('/a', '/b', '/a')
  await expect.poll(() => feed.read().waiting).toBe(2)
  expect(titles()).toEqual(['GET /a'])

  feed.reload()
  await expect.poll(titles).toEqual(['GET /a', 'GET /a', 'GET /a'])
  expect(feed.read()).toMatchObject({ waiting: 0, found: { total: 3 } })
})

test('the first trace shows by itself where there was none', async () => {
  const { feed, titles, send, look } = setUp()
  onTestFinished(look())
  feed.open('')
  await expect.poll(() => feed.read().found?.total).toBe(0)
  send('/a')
  await expect.poll(titles).toEqual(['GET /a'])
})

test('all are listed page by page, each once', async () => {
  const { feed, titles, send, look } = setUp()
  onTestFinished(look())
  send(...Array.from({ length: 450 }, (_, place) => `/${place}`))
  feed.open('')
  await expect.poll(() => titles().length).toBe(200)
  feed.more()
  feed.more()
  await expect.poll(() => titles().length).toBe(400)
  feed.more()
  await expect.poll(() => titles().length).toBe(450)
  expect(feed.read().found?.next).toBeUndefined()
  expect(new Set(titles()).size).toBe(450)
})

test('who comes back finds the list and their place in it', async () => {
  const { feed, listening, titles, send, look } = setUp()
  send('/a')
  const leave = look()
  feed.open('')
  await expect.poll(titles).toEqual(['GET /a'])
  feed.remember({ scrollTopPx: 320, traceId: 'b' })
  leave()

  expect(listening(), 'nothing is asked while nobody looks').toBe(0)
  send('/b')
  onTestFinished(look())
  feed.open('')
  expect(feed.place()).toEqual({ scrollTopPx: 320, traceId: 'b' })
  expect(titles()).toEqual(['GET /a'])
  await expect.poll(() => feed.read().waiting).toBe(1)

  feed.open('route:/b')
  await expect.poll(titles).toEqual(['GET /b'])
  expect(feed.place()).toEqual({ scrollTopPx: 0, traceId: undefined })
})

test('the row of a trace is brought up to date while its spans come in', async () => {
  const { feed, titles, store, send, look } = setUp()
  onTestFinished(look())
  const root = { ...makeRequest(9000, '/page'), startMs: Date.now() - 10 }
  store({
    ...root,
    name: 'GET /api',
    spanId: 'b'.repeat(16),
    parentSpanId: root.spanId,
    attributes: {},
  })
  feed.open('')
  await expect.poll(() => feed.read().found?.traces[0]?.rooted).toBe(false)
  store(root)
  await expect.poll(titles).toEqual(['GET /page'])
  expect(feed.read().found).toMatchObject({ turn: 1, traces: [{ rooted: true, spans: 2 }] })

  send('/other')
  await expect.poll(() => feed.read().waiting).toBe(1)
  expect(titles()).toEqual(['GET /page'])
})

test('a viewer that begins anew is listed anew', async () => {
  const { feed, titles, send, restart, look } = setUp()
  onTestFinished(look())
  send('/old', '/older')
  feed.open('')
  await expect.poll(() => titles().length).toBe(2)
  restart()
  await expect.poll(titles).toEqual([])
  send('/new')
  await expect.poll(titles).toEqual(['GET /new'])
})

test('a list that could not be had is asked again when the viewer speaks', async () => {
  const { feed, titles, send, setAway, look } = setUp()
  onTestFinished(look())
  setAway(true)
  feed.open('')
  await expect.poll(() => feed.read().error?.message).toBe('the viewer does not answer')
  setAway(false)
  send('/a')
  await expect.poll(titles).toEqual(['GET /a'])
  expect(feed.read().error).toBeUndefined()
})

test.for(['reload', 'more'] as const)(
  'what is listed stays where %s fails, and can be tried again',
  async work => {
    const { feed, titles, send, setAway, look } = setUp()
    onTestFinished(look())
    send(...Array.from({ length: 201 }, () => '/a'))
    feed.open('')
    await expect.poll(() => titles().length).toBe(200)
    setAway(true)
    feed[work]()
    await expect.poll(() => feed.read().error?.fix).toBe('start it again')
    expect(titles()).toHaveLength(200)
    setAway(false)
    feed.retry()
    await expect.poll(() => feed.read().error).toBeUndefined()
    expect(titles()).toHaveLength({ reload: 200, more: 201 }[work])
  },
)

test('of two searches the last one is listed', async () => {
  const { feed, titles, send, look } = setUp()
  onTestFinished(look())
  send('/a', '/b')
  feed.open('route:/a')
  feed.open('route:/b')
  await expect.poll(titles).toEqual(['GET /b'])
  expect(feed.read()).toMatchObject({ found: { search: 'route:/b', turn: 1 }, isSlow: false })
})

test('terms that were not understood are said', async () => {
  const { feed, look } = setUp()
  onTestFinished(look())
  feed.open('>fast')
  await expect.poll(() => feed.read().found?.complaints).toHaveLength(1)
})
