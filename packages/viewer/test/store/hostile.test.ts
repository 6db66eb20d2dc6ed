import { expect, test } from 'vitest'
import { createStore, makeCall, makeLog, makeRequest, makeSpan, traceId } from './samples.ts'

const TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['wildcards of SQL', '100%_of [a-z]* \\% \\_'],
  ['quotes', `'; DROP TABLE traces; -- " \\" \\`],
  ['NUL and controls', 'a\u0000b\u0001\u001b[31m\r\n\t'],
  ['half a pair of surrogates', 'half \ud83d'],
  ['a name of JavaScript', '__proto__'],
  ['JSON', '"name":"web","key":"x"}]}'],
  ['lines that look like terms', 'x\nteam:billing\nservice:y\n'],
  ['a megabyte', 'x'.repeat(2 ** 20)],
  ['a megabyte of quotes', '"'.repeat(2 ** 20)],
]

test.for(TEXTS)('%s may stand wherever a text may', ([, text]) => {
  const { writer, reader } = createStore()
  const readBack = text.toWellFormed()
  writer.addSpans([
    makeRequest(text, text, {
      id: 1,
      service: text,
      name: text,
      statusMessage: text,
      status: 'error',
      traceState: text,
      attributes: { team: text, 'url.path': text, [text]: text },
      events: [
        {
          name: 'exception',
          timeUnixNano: 1n,
          attributes: { 'exception.type': text, 'exception.message': text },
        },
      ],
      scope: { name: text, version: text },
    }),
    makeCall(text, { id: 2, parent: 1 }),
    makeSpan({
      id: 3,
      kind: 'consumer',
      name: text,
      attributes: { 'messaging.destination.name': text },
    }),
  ])
  writer.addLogs([makeLog({ trace: 1, body: text, attributes: { [text]: text } })])
  const trace = reader.readTrace(traceId(1))
  expect(trace?.spans[0]).toMatchObject({
    name: readBack,
    service: readBack,
    statusMessage: readBack,
  })
  expect(trace?.spans[0]?.attributes[readBack]).toBe(readBack)
  expect(trace?.logs[0]?.body).toBe(readBack)
  const [listed] = reader.listTraces('', { limit: 1 }).traces
  expect(listed).toMatchObject({ spans: 3, rooted: true })
  expect(JSON.stringify(listed).length).toBeLessThan(10_000)
  expect(reader.listTraces('status:error', { limit: 1 }).total).toBe(1)
  expect(reader.served(0)).toHaveLength(2)
  expect(reader.calls(0)).toHaveLength(1)
  expect(reader.teams()).toHaveLength(1)
})

test('a text that looks like terms is not taken for them', () => {
  const { writer, reader } = createStore()
  writer.addSpans([makeRequest('GET', '/\nteam:billing\nservice:api\n')])
  expect(reader.listTraces('team:billing', { limit: 1 }).total).toBe(0)
  expect(reader.listTraces('service:api', { limit: 1 }).total).toBe(0)
})

test.for(
  TEXTS.filter(([, text]) => text.length < 200).map(
    ([what, text]) => [what, text.toWellFormed()] as const,
  ),
)('%s are found by a search for them, and only they', ([, text]) => {
  const { writer, reader } = createStore()
  writer.addSpans([makeSpan({ trace: 1, attributes: { note: `before ${text} after` } })])
  writer.addSpans([makeSpan({ trace: 2, attributes: { note: 'plain' } })])
  const quoted = `"${text.replaceAll(/["\\]/g, '\\$&')}"`
  expect(reader.listTraces(quoted, { limit: 5 }).traces.map(trace => trace.traceId)).toEqual([
    traceId(1),
  ])
})

test('times at the ends of what can be said are listed', () => {
  const { writer, reader } = createStore()
  const at = (startUnixNano: bigint, endUnixNano: bigint, trace: number) => ({
    ...makeSpan({ trace }),
    startUnixNano,
    endUnixNano,
    startMs: Number(startUnixNano / 1_000_000n),
    durationMs: Math.max(0, Number((endUnixNano - startUnixNano) / 1_000_000n)),
  })
  writer.addSpans([at(0n, 0n, 1), at(2n ** 64n - 1n, 0n, 2), at(0n, 2n ** 64n - 1n, 3)])
  const seen: string[] = []
  let before: string | undefined
  do {
    const page = reader.listTraces('', { limit: 1, ...(before === undefined ? {} : { before }) })
    seen.push(...page.traces.map(trace => trace.traceId))
    before = page.next
  } while (before !== undefined)
  expect(seen).toEqual([2, 3, 1].map(traceId))
})

test('ten thousand services and teams are more than are remembered, and nothing breaks', () => {
  const { writer, reader } = createStore()
  writer.addSpans(
    Array.from({ length: 10_000 }, (_, index) =>
      makeSpan({ id: index + 1, service: `s${index}`, attributes: { team: `t${index}` } }),
    ),
  )
  expect(reader.services()).toHaveLength(1000)
  expect(reader.listTraces('', { limit: 1 }).traces[0]?.services).toHaveLength(100)
})

test('of a trace that has a part which the decoder refuses the rest is read', () => {
  const { writer, reader } = createStore()
  const lists = Array.from({ length: 400_000 }, () => [0])
  writer.addSpans([makeSpan({ id: 1 })])
  writer.addSpans([makeSpan({ id: 2, parent: 1, attributes: { lists } })])
  expect(reader.readTrace(traceId(1))).toMatchObject({
    spans: [{ spanId: '0000000000000001' }],
    evicted: true,
  })
})
