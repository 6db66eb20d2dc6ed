import { expect, test } from 'vitest'
import { createSeriesTable } from '../src/metrics/series.ts'

const createTable = (
  labels: readonly string[],
  maxSeries = 100,
): ReturnType<typeof createSeriesTable<{ value: number }>> =>
  createSeriesTable(labels, { maxSeries, onOverflow: () => undefined }, () => ({ value: 0 }))

test('equal values are the same series, others are not', () => {
  const table = createTable(['method', 'route'])
  table.find(['GET', '/a']).value += 1
  table.find(['GET', '/a']).value += 1
  table.find(['GET', '/b']).value += 1
  table.find(['', 'GET/a']).value += 1
  expect([...table.entries()]).toEqual([
    [{ method: 'GET', route: '/a' }, { value: 2 }],
    [{ method: 'GET', route: '/b' }, { value: 1 }],
    [{ method: '', route: 'GET/a' }, { value: 1 }],
  ])
})

test('a metric without labels has one series', () => {
  const table = createTable([])
  table.find([]).value = 3
  expect([...table.entries()]).toEqual([[{}, { value: 3 }]])
})

test('a cleared table starts anew', () => {
  const table = createTable(['queue'], 3)
  for (const queue of ['a', 'b', 'c', 'd']) table.find([queue]).value = 1
  table.clear()
  expect([...table.entries()]).toEqual([])
  expect(table.find(['a'])).toEqual({ value: 0 })
})

test('a series that is removed is gone, the others stay, and it starts anew when it comes again', () => {
  const table = createTable(['pool', 'state'], 4)
  const series = [
    ['a', 'used'],
    ['a', 'idle'],
    ['b', 'used'],
  ]
  for (const values of series) table.find(values).value = 1
  table.remove(['a', 'used'])
  table.remove(['c', 'used'])
  expect([...table.entries()]).toEqual([
    [{ pool: 'a', state: 'idle' }, { value: 1 }],
    [{ pool: 'b', state: 'used' }, { value: 1 }],
  ])
  expect(table.find(['a', 'used'])).toEqual({ value: 0 })
})

test('a series that is removed makes room for another under the cap', () => {
  const table = createTable(['queue'], 2)
  table.find(['a']).value = 1
  table.remove(['a'])
  table.find(['b']).value = 2
  expect([...table.entries()]).toEqual([[{ queue: 'b' }, { value: 2 }]])
})

test('label values that are one once they are redacted share a series, and what is removed is that one', () => {
  const table = createSeriesTable(
    ['route'],
    {
      maxSeries: 10,
      onOverflow: () => undefined,
      redact: values => values.map(value => value.replace(/\w+@\w+/, 'someone')),
    },
    () => ({ value: 0 }),
  )
  for (const route of ['/jo@example', '/mo@example', '/a', '/jo@example'])
    table.find([route]).value++
  expect([...table.entries()]).toEqual([
    [{ route: '/someone' }, { value: 3 }],
    [{ route: '/a' }, { value: 1 }],
  ])
  table.remove(['/jo@example'])
  expect([...table.entries()]).toEqual([[{ route: '/a' }, { value: 1 }]])
})
