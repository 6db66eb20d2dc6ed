import { toJson, writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'
import { makeMonorepo, MONOREPO } from '../monorepo.ts'

export const app: App = {
  ...MONOREPO,
  name: 'pnpm-monorepo',
  about: 'workspace of pnpm: create-next-app and Fastify',
  packageManager: 'pnpm',
  async make(maker) {
    await makeMonorepo(maker)
    writeFiles(maker.folder, {
      'package.json': toJson({
        name: 'acme',
        private: true,
        scripts: { build: 'pnpm --recursive run build' },
      }),
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    })
  },
  mostFiles: 5,
}
