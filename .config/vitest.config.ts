import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

// Unit tests run our sources straight; end-to-end tests run what was built, as a user's process would. The second
// start when the first have ended: they share two cores with the apps that they start, and watch deadlines. So each of
// their files has a turn of its own, but for one: it mostly waits for alerts, and the others run beside it.
const conditions = ['@throughline/source', 'node']
const ALERTING = 'packages/monitoring/e2e/pager.e2e.test.ts'

/** Two files at once, of which one may wait for its turn. */
const inTurn = {
  testTimeout: 120_000,
  hookTimeout: 300_000,
  maxWorkers: 2,
  setupFiles: ['.config/vitest.turn.ts'],
  sequence: { groupOrder: 1 },
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    globalSetup: ['.config/vitest.turns.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts'],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...inTurn,
          name: 'e2e',
          include: ['examples/*/e2e.test.ts', '{examples,packages}/*/e2e/**/*.e2e.test.ts'],
          exclude: [...configDefaults.exclude, ALERTING],
        },
      },
      // Projects start in the order of their names, and this one takes longest.
      { extends: true, test: { ...inTurn, name: 'alerting', include: [ALERTING] } },
    ],
  },
})
