import { expect, test } from 'vitest'
import { parseCommandLine, PARTS } from '../src/command-line.ts'

test('everything is measured unless parts are named', () => {
  expect(parseCommandLine(['--quick', '--json'])).toEqual({
    parts: PARTS,
    quick: true,
    json: true,
    help: false,
  })
  expect(parseCommandLine(['--otlp', '--catalog'])).toMatchObject({ parts: ['catalog', 'otlp'] })
})

test('an option that is not known is named', () => {
  expect(parseCommandLine(['--fast'])).toEqual({ complaint: expect.stringContaining('--fast') })
})
