import { afterAll, inject } from 'vitest'
import { takeTurn } from '../packages/checks/src/turns.ts'

/** Ends the turn of this test file before the file itself ends: from then on others run beside it. */
export const endTurn: () => void = await takeTurn(inject('turns'))

afterAll(endTurn)
