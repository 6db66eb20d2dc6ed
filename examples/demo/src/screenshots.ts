import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startChromium } from '@throughline/checks/chromium'
import { startDemo, type RunningDemo } from './demo.ts'
import { cleanUpKilledRuns, createRunRecord, RUNS } from './run-record.ts'
import { takePicture, type Picture } from './screenshots-pictures.ts'
import { sendTraffic } from './screenshots-traffic.ts'
import { EXAMPLES } from './stack.ts'
import { createTalk } from './talk.ts'

// Takes the pictures of docs/images from a demo of its own. Run it after a change to the page, and look at them.

const FOLDER = join(EXAMPLES, '..', 'docs', 'images')
const INTERRUPTED = 130
const talk = createTalk(process.stderr)

process.exitCode = await run()

/** Gives the exit code. */
async function run(): Promise<number> {
  const interrupted = new AbortController()
  const { signal } = interrupted
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => interrupted.abort())
  cleanUpKilledRuns(RUNS)
  const record = createRunRecord(RUNS)
  try {
    await using demo = await startDemo({ record, talk, signal })
    talk.say('sending more requests, some of them slow or failing')
    talk.done(`sent ${await sendTraffic(demo.stack.ports, signal)} requests`)
    await takeAll(demo, signal)
    talk.say('stopping')
    return 0
  } catch (error) {
    if (signal.aborted) return INTERRUPTED
    talk.fail((error as Error).message)
    return 1
  } finally {
    record.remove()
  }
}

async function takeAll(demo: RunningDemo, signal: AbortSignal): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  await using undo = new AsyncDisposableStack()
  const browser = undo.adopt(await startChromium(), launched => launched.close())
  for (const picture of describePictures(demo)) {
    signal.throwIfAborted()
    const bytes = await takePicture(browser, demo.viewer.pageUrl, picture, FOLDER)
    talk.done(`docs/images/${picture.file}, ${Math.round(bytes / 1000)} kB`)
  }
}

function describePictures({ outcomes }: RunningDemo): Picture[] {
  const failed = outcomes.find(({ name }) => name === 'page-error')?.trace?.traceId
  if (failed === undefined) throw new Error('the scenario page-error has left no trace')
  return [
    {
      file: 'trace.png',
      path: `/traces/${failed}`,
      heightPx: 800,
      colorScheme: 'light',
      shows: /What went wrong[^]*SELECT invoice_lines/,
    },
    {
      file: 'traces.png',
      path: '/traces',
      heightPx: 800,
      colorScheme: 'light',
      shows: /first error/,
    },
    {
      file: 'routes.png',
      path: '/routes',
      heightPx: 680,
      colorScheme: 'light',
      shows: /✕ missed[^]*✓ met/,
    },
    {
      file: 'ownership.png',
      path: '/ownership/services',
      heightPx: 560,
      colorScheme: 'dark',
      shows: /routes have a team[^]*payments/,
    },
  ]
}
