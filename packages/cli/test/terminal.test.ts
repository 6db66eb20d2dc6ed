import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'

/** A process that waits to be interrupted, and then does not end by itself. */
const STUBBORN = `
import { createTerminal } from ${JSON.stringify(new URL('../src/terminal.ts', import.meta.url).href)}
createTerminal().onInterrupt().addEventListener('abort', () => console.log('told'))
setInterval(() => undefined, 1000)
console.log('waits')
`

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a command that stays up is told of %s, and ended by the second',
  async signal => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', STUBBORN], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    const ended = once(child, 'exit')
    await expect.poll(() => said, { timeout: 10_000 }).toBe('waits\n')
    child.kill(signal)
    await expect.poll(() => said).toBe('waits\ntold\n')
    child.kill('SIGINT')
    const [code, by] = (await ended) as [number | null, NodeJS.Signals | null]
    expect([code, by]).toEqual([null, 'SIGINT'])
  },
)
