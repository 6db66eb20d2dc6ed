import { afterAll, beforeAll, expect, test } from 'vitest'
import { app as monorepo } from '../src/apps/npm-monorepo.ts'
import { runApp } from '../src/run-app.ts'
import { setUpWorkbench, type Workbench } from '../src/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await setUpWorkbench({
    packageManagers: ['npm'],
    signal: new AbortController().signal,
    keeps: false,
  })
})
afterAll(() => bench[Symbol.asyncDispose]())

// It has an application of Next.js and one of Fastify. The others are run by `npm run test:installs`.
test(`${monorepo.about}: one whole trace after init, the same bytes as before after uninstall`, async () => {
  const { failure } = await runApp(monorepo, bench)
  expect(failure).toBeUndefined()
})
