import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCollector, type Collector } from '@throughline/testing'
import { placeServices, urlOf } from '../../../../examples/demo/src/addresses.ts'
import {
  cleanUpKilledRuns,
  createRunRecord,
  RUNS,
} from '../../../../examples/demo/src/run-record.ts'
import { EXAMPLES, startStack, type Stack } from '../../../../examples/demo/src/stack.ts'
import type { Talk } from '../../../../examples/demo/src/talk.ts'
import { buildWeb } from '../../../../examples/demo/src/web-build.ts'
import { createCustomers, type Customers } from './shop-traffic.ts'

/** The example apps, as they run in the demo. Disposing stops them and removes their files. */
export interface Shop extends AsyncDisposable {
  readonly stack: Stack
  readonly collector: Collector
  readonly customers: Customers
  /** Folder for what belongs to this run. */
  readonly folder: string
  setPayments(mode: 'normal' | 'failing'): Promise<void>
}

/** Starts the example apps with their catalog, after `edit` has changed its text. */
export async function startShop(edit: (catalog: string) => string): Promise<Shop> {
  await using undo = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'throughline-shop-'))
  undo.defer(() => rmSync(folder, { recursive: true, force: true }))
  const { signal } = new AbortController()
  const inputs = [join(EXAMPLES, '../packages/next/dist')]
  await buildWeb({ webFolder: join(EXAMPLES, 'web'), inputs, say: line => talk.say(line), signal })

  cleanUpKilledRuns(RUNS)
  const record = createRunRecord(RUNS)
  undo.defer(() => record.remove())
  const collector = undo.use(await startCollector())
  const catalog = join(folder, 'ownership.yaml')
  await writeFile(catalog, edit(await readFile(join(EXAMPLES, 'ownership.yaml'), 'utf8')))
  const stack = undo.use(
    await startStack({
      telemetry: collector.env,
      record,
      talk,
      signal,
      placement: await placeServices(talk, record.folder, catalog),
    }),
  )
  // Whoever uses an app that has ended is told by what it does not answer.
  stack.failed.catch(() => undefined)
  const { payments } = stack.ports.services
  const customers = await createCustomers(stack.ports)
  const running = undo.move()
  return {
    stack,
    collector,
    customers,
    folder,
    async setPayments(mode) {
      const body = JSON.stringify({ mode })
      const { status } = await fetch(`${urlOf(payments)}/v1/mode`, { method: 'PUT', body })
      if (status !== 204) throw new Error(`payments answered ${status} to the mode ${mode}`)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** Tells nobody anything. */
const talk: Talk = {
  colors: false,
  columns: 80,
  say: () => undefined,
  done: () => undefined,
  fail: () => undefined,
  line: () => undefined,
}
