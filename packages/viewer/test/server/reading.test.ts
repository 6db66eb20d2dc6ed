import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { startReading, type Reading, type ReadingLimits } from '../../src/reading/reading.ts'
import type { ReadAnswer, ReadingOptions } from '../../src/reading/protocol.ts'
import { makeFolder } from './running-viewer.ts'

const OPTIONS: ReadingOptions = {
  path: 'none',
  catalog: undefined,
  links: {},
  viewer: { version: '0', startedAtMs: 0, endpoint: '', limits: { maxSpans: 1, maxBytes: 1 } },
}

/** A thread that does what the searches say: `die`, `hang`, or answers with the search and how often it has died. */
const THREAD = `
  import { parentPort } from 'node:worker_threads'
  import { appendFileSync, readFileSync } from 'node:fs'
  const file = new URL('./deaths.txt', import.meta.url)
  const deaths = () => readFileSync(file, 'utf8').length
  parentPort.on('message', ({ search }) => {
    if (search === 'die' || (search === 'die once' && deaths() === 0)) {
      appendFileSync(file, 'x')
      throw new Error('out of luck')
    }
    if (search === 'exit') process.exit(7)
    while (search === 'hang');
    const body = new TextEncoder().encode(JSON.stringify({ search, deaths: deaths() }))
    parentPort.postMessage({ status: 200, body }, [body.buffer])
  })
`

function start(limits: ReadingLimits = {}): Reading & { readonly notices: string[] } {
  const folder = makeFolder()
  writeFileSync(join(folder, 'deaths.txt'), '')
  writeFileSync(join(folder, 'thread.mjs'), THREAD)
  const notices: string[] = []
  const reading = startReading(OPTIONS, {
    entry: pathToFileURL(join(folder, 'thread.mjs')),
    onNotice: line => void notices.push(line),
    ...limits,
  })
  onTestFinished(() => reading.stop())
  return { ...reading, notices }
}

async function ask(reading: Reading, search: string, signal?: AbortSignal): Promise<unknown> {
  return told(await reading.ask({ kind: 'count', search, after: 0 }, signal))
}

const told = ({ status, body }: ReadAnswer): unknown => [
  status,
  JSON.parse(new TextDecoder().decode(body)),
]

const answered = (search: string, deaths = 0): unknown => [200, { search, deaths }]

test('requests are answered, each with its own answer', async () => {
  const reading = start()
  const searches = Array.from({ length: 20 }, (_, place) => `search ${place}`)
  expect(await Promise.all(searches.map(search => ask(reading, search)))).toEqual(
    searches.map(search => answered(search)),
  )
})

test('a thread that dies is started again, and asked again what it died over', async () => {
  const reading = start()
  const answers = await Promise.all([ask(reading, 'die once'), ask(reading, 'after')])
  expect(answers).toEqual([answered('die once', 1), answered('after', 1)])
  expect(reading.notices).toEqual(['reading the store ended: out of luck'])
})

test('a request that kills it twice is told so, and others get their answers', async () => {
  const reading = start()
  const answers = await Promise.all([
    ask(reading, 'before'),
    ask(reading, 'die'),
    ask(reading, 'after'),
  ])
  expect(answers).toEqual([
    answered('before'),
    [
      500,
      { error: 'reading the store ended twice over this: out of luck', fix: expect.any(String) },
    ],
    answered('after', 2),
  ])
  expect(await ask(reading, 'later')).toEqual(answered('later', 2))
})

test('a thread that ends without a word is told of as well', async () => {
  expect(await ask(start(), 'exit')).toEqual([
    500,
    { error: 'reading the store ended twice over this: it ended', fix: expect.any(String) },
  ])
})

test('a thread that cannot start answers what is wrong', async () => {
  const reading = start({ entry: pathToFileURL(join(makeFolder(), 'missing.mjs')) })
  expect(await ask(reading, 'x')).toEqual([
    500,
    { error: expect.stringContaining('missing.mjs'), fix: expect.any(String) },
  ])
})

test('what takes too long is given up, and the next request is answered', async () => {
  const reading = start({ timeoutMs: 3000 })
  expect(await ask(reading, 'hang')).toEqual([
    503,
    { error: 'reading took longer than 3 s', fix: 'Search for less, or for a shorter time.' },
  ])
  expect(await ask(reading, 'after')).toEqual(answered('after'))
})

test('what nobody waits for any more is not worked on', async () => {
  const reading = start()
  const gone = new AbortController()
  const first = ask(reading, 'first')
  const second = ask(reading, 'die', gone.signal)
  gone.abort()
  expect(await Promise.all([first, second])).toMatchObject([answered('first'), [503, {}]])
  expect(await ask(reading, 'third')).toEqual(answered('third'))
})

test('after the stop there is an answer, too', async () => {
  const reading = start()
  const waiting = [ask(reading, 'hang'), ask(reading, 'x')]
  await reading.stop()
  expect(await Promise.all([...waiting, ask(reading, 'y')])).toMatchObject([
    [503, { error: 'the viewer stops' }],
    [503, { error: 'the viewer stops' }],
    [503, { error: 'the viewer stops' }],
  ])
})

test('the thread that reads a store says what is wrong with the store', async () => {
  const reading = startReading({ ...OPTIONS, path: join(makeFolder(), 'none.sqlite') })
  onTestFinished(() => reading.stop())
  expect(await ask(reading, '')).toEqual([
    500,
    { error: expect.stringContaining('none.sqlite'), fix: expect.any(String) },
  ])
})
