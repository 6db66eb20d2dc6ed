import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { endTree } from '../src/process-tree.ts'

test('a process ends with all below it: what leads a group of its own, and what ignores the signal', async () => {
  const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], {
    detached: true, stdio: ['ignore', 'inherit', 'ignore'] })`
  const child = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  // Closes when the last of them that could write to it is gone.
  const closed = once(child, 'close')
  await endTree(child.pid as number, 200)
  expect(await closed).toEqual([null, 'SIGTERM'])
})

test('a process that is gone is no failure', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'close')
  await expect(endTree(child.pid as number)).resolves.toBeUndefined()
})
