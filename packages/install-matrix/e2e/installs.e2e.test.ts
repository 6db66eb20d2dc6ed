import { afterAll, beforeAll, expect, test } from 'vitest'
import { app as fastify } from '../src/apps/fastify-tsc.ts'
import { app as next } from '../src/apps/next-app-router.ts'
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

// The others are run by `npm run test:installs`.
test.for([fastify, next])(
  '$about: one whole trace after init, the same bytes as before after uninstall',
  async app => {
    const { failure } = await runApp(app, bench)
    expect(failure).toBeUndefined()
  },
)
