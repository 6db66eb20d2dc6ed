import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startTurns, takeTurn } from '../src/turns.ts'

const MODULE = fileURLToPath(new URL('../src/turns.ts', import.meta.url))

test('turns are given in the order in which they are asked for, one at a time', async () => {
  await using turns = await startTurns()
  const seen: string[] = []
  const endFirst = await takeTurn(turns.port)
  const others = ['second', 'third'].map(async name => {
    const end = await takeTurn(turns.port)
    seen.push(`${name} begins`)
    // Long enough for a turn that comes too early to be seen.
    await new Promise(resolve => setImmediate(resolve))
    seen.push(`${name} ends`)
    end()
  })
  seen.push('first ends')
  endFirst()
  await Promise.all(others)
  expect(seen).toEqual(['first ends', 'second begins', 'second ends', 'third begins', 'third ends'])
})

test('the turn of a process that is killed goes to the next', async () => {
  await using turns = await startTurns()
  const script = `import { takeTurn } from ${JSON.stringify(MODULE)}
await takeTurn(${turns.port})
process.stdout.write('mine')`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  const next = takeTurn(turns.port)
  holder.kill('SIGKILL')
  const end = await next
  end()
  expect(holder.killed).toBe(true)
})

test('whoever waits for a turn is told when there will be none', async () => {
  const turns = await startTurns()
  await takeTurn(turns.port)
  const waiting = takeTurn(turns.port)
  await turns[Symbol.asyncDispose]()
  await expect(waiting).rejects.toThrow('nobody gives turns any more')
})
