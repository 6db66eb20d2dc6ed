import { editFile } from '../app-files.ts'
import type { App } from '../app.ts'
import { generateFastify } from '../fastify-generator.ts'

export const app: App = {
  name: 'fastify-cli-ts',
  about: 'fastify generate: TypeScript',
  packageManager: 'npm',
  async make(maker) {
    await generateFastify(maker, 'orders', '--lang=ts')
    // TypeScript 6, which the generator asks for, refuses a configuration without it.
    editFile(maker.folder, 'tsconfig.json', text =>
      text.replace('"outDir"', '"rootDir": "src",\n    "outDir"'),
    )
  },
  services: [{ folder: '.', script: 'start' }],
  request: '/example',
  trace: { root: 'GET /example', services: ['orders'] },
  mostFiles: 2,
}
