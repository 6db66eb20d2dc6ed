import { expect, test } from 'vitest'
import { createReporter } from '../src/diagnostics.ts'

test('a cause is said once a minute, and another cause at once', () => {
  const lines: string[] = []
  let now = 0
  const { report } = createReporter(
    line => void lines.push(line),
    () => now,
  )
  report('refused', 'no collector')
  report('refused', 'no collector')
  report('other', 'something else')
  now = 59_999
  report('refused', 'no collector')
  expect(lines).toEqual(['throughline: no collector\n', 'throughline: something else\n'])
  now = 60_000
  report('refused', 'still no collector')
  expect(lines.at(-1)).toBe('throughline: still no collector\n')
})
