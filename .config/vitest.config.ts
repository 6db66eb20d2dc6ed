import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Unit tests run our sources straight; end-to-end tests run what was built, as a user's process would. The second
// start when the first have ended: they share two cores with the apps that they start, and watch deadlines.
const conditions = ['@throughline/source', 'node']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
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
          name: 'e2e',
          include: ['examples/*/e2e.test.ts', 'packages/*/e2e/**/*.e2e.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
