import { expect, test } from 'vitest'
import { boxesPath } from '../../page/trace/bar-path.ts'
import {
  barOf,
  readWindow,
  ticksOf,
  wholeWindow,
  windowAround,
  windowParameters,
} from '../../page/trace/time-scale.ts'

test.for([
  [0, 1210, 6, ['0 s', '0.5 s', '1 s']],
  [0, 4200, 6, ['0 s', '1 s', '2 s', '3 s', '4 s']],
  [0, 84, 5, ['0 ms', '20 ms', '40 ms', '60 ms', '80 ms']],
  [0, 2.1, 5, ['0 ms', '0.5 ms', '1 ms', '1.5 ms', '2 ms']],
  [0, 0.84, 5, ['0 µs', '200 µs', '400 µs', '600 µs', '800 µs']],
  [0, 70_000, 5, ['0 s', '15 s', '30 s', '45 s', '60 s']],
  [0, 600_000, 5, ['0 min', '2 min', '4 min', '6 min', '8 min', '10 min']],
  [0, 10_000_000, 4, ['0 h', '1 h', '2 h']],
  [1000, 1010, 5, ['1 s', '1.002 s', '1.004 s', '1.006 s', '1.008 s', '1.01 s']],
  [123, 168, 3, ['140 ms', '160 ms']],
] as const)(
  'from %d to %d ms with room for %i the marks are %j',
  ([fromMs, toMs, most, labels]) => {
    expect(ticksOf({ fromMs, toMs }, most).map(({ label }) => label)).toEqual(labels)
  },
)

test('there are never many more marks than there is room for', () => {
  const counts = [1e-6, 0.003, 0.7, 9.99, 101, 4999, 61_000, 3.7e6, 9e7, 1e10].map(
    toMs => ticksOf({ fromMs: 0, toMs }, 5).length,
  )
  expect(Math.max(...counts)).toBeLessThanOrEqual(6)
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(2)
})

test.for([
  ['', '', 0, 100],
  ['20', '40', 20, 40],
  ['20', '', 20, 100],
  ['', '40', 0, 40],
  ['40', '20', 0, 100],
  ['x', '20', 0, 100],
  ['20', '1e999', 0, 100],
  ['200', '300', 0, 100],
  ['-20', '-10', 0, 100],
  ['30', '30', 0, 100],
] as const)('from=%s&to=%s of a trace of 100 ms shows %d to %d', ([from, to, fromMs, toMs]) => {
  expect(readWindow(from, to, 100)).toEqual({ fromMs, toMs })
})

test('a trace that took no time can be drawn', () => {
  const window = wholeWindow(0)
  const { start, end, side } = barOf(window, 0, 0)
  expect({ start, end, side }).toEqual({ start: 0, end: 0, side: 'inside' })
})

test('a span is seen with air around it, and never beyond the trace', () => {
  expect(windowAround(20, 40, 100)).toEqual({ fromMs: 19, toMs: 41 })
  expect(windowAround(0, 100, 100)).toEqual({ fromMs: 0, toMs: 100 })
  const { fromMs, toMs } = windowAround(50, 50, 100)
  expect(toMs - fromMs).toBeGreaterThan(0)
})

test.for([
  [20, 40, { start: 0.2, end: 0.6, side: 'inside' }],
  [-20, 40, { start: 0, end: 0.2, side: 'inside' }],
  [80, 40, { start: 0.8, end: 1, side: 'inside' }],
  [-20, 10, { start: 0, end: 0, side: 'before' }],
  [120, 10, { start: 1, end: 1, side: 'after' }],
] as const)('what begins at %d ms and takes %d is drawn as %j', ([startMs, durationMs, bar]) => {
  const { start, end, side } = barOf({ fromMs: 0, toMs: 100 }, startMs, durationMs)
  expect({ start, end: Number(end.toFixed(9)), side }).toEqual(bar)
})

test('stretches are boxes, cut off at the edges of the window', () => {
  const path = boxesPath(
    { fromMs: 100, toMs: 200 },
    [
      [0, 50],
      [90, 110],
      [150, 250],
      [300, 400],
    ],
    { top: 2, height: 12 },
  )
  expect(path).toBe('M0 2H100V14H0ZM500 2H1000V14H500Z')
})

test.for([
  [0, 100, '0', '100'],
  [242.000056, 342.123456, '242', '342.1'],
  [1234.5678, 9876.5432, '1235', '9877'],
  [10.0001234, 10.0005678, '10.0001234', '10.0005678'],
  [0.000001, 0.000003, '0.000001', '0.000003'],
] as const)('the address of %d to %d ms says %s to %s', ([fromMs, toMs, from, to]) => {
  expect(windowParameters({ fromMs, toMs })).toEqual([from, to])
})

test('a stretch that was zoomed into is read back from its address as good as it was', () => {
  for (const startMs of [0, 0.000123, 1234.5678, 86_400_000.25])
    for (const lengthMs of [0.001, 0.7, 84, 4321.5, 3_600_000]) {
      const [from, to] = windowParameters({ fromMs: startMs, toMs: startMs + lengthMs })
      const { fromMs, toMs } = readWindow(from, to, 1e9)
      expect(Math.abs(fromMs - startMs)).toBeLessThanOrEqual(lengthMs / 1000)
      expect(Math.abs(toMs - startMs - lengthMs)).toBeLessThanOrEqual(lengthMs / 1000)
    }
})
