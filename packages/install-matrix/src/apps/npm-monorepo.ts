import { toJson, writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'
import { makeMonorepo, MONOREPO } from '../monorepo.ts'

export const app: App = {
  ...MONOREPO,
  name: 'npm-monorepo',
  about: 'workspaces of npm: create-next-app and Fastify',
  packageManager: 'npm',
  async make(maker) {
    await makeMonorepo(maker)
    writeFiles(maker.folder, {
      'package.json': toJson({
        name: 'acme',
        private: true,
        workspaces: ['apps/*'],
        scripts: { build: 'npm run build --workspaces --if-present' },
      }),
    })
  },
  mostFiles: 5,
}
