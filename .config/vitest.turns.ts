import type { TestProject } from 'vitest/node'
import { startTurns } from '../packages/checks/src/turns.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Port at which a test file asks for its turn. */
    turns: number
  }
}

/** Before all tests of a run: gives turns to their files until the last has ended. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const turns = await startTurns()
  provide('turns', turns.port)
  return async () => await turns[Symbol.asyncDispose]()
}
