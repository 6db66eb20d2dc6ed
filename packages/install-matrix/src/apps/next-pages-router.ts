import type { App } from '../app.ts'
import { generateNext, withoutFonts } from '../next-generator.ts'

export const app: App = {
  name: 'next-pages-router',
  about: 'create-next-app: pages router, TypeScript',
  packageManager: 'npm',
  async make(maker) {
    await generateNext(maker, 'shop', ['--ts', '--no-app', '--no-src-dir', '--no-tailwind'])
    withoutFonts(maker.folder, 'pages/index.tsx')
  },
  build: 'build',
  services: [{ folder: '.', script: 'start' }],
  request: '/api/hello',
  trace: { root: 'GET /api/hello', services: ['shop'] },
  mostFiles: 3,
}
