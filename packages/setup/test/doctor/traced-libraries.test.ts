import { expect, test } from 'vitest'
import { LIBRARIES } from '../../../node/src/instrumentations/library-list.ts'
import { TRACED_LIBRARIES } from '../../src/doctor/traced-libraries.ts'

test('the libraries that are known here are those that @throughline/node traces', () => {
  const targets = LIBRARIES.flatMap(({ targets: names }) => names)
  expect(TRACED_LIBRARIES).toEqual([...new Set(targets)].toSorted())
})
