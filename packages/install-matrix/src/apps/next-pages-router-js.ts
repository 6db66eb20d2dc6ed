import type { App } from '../app.ts'
import { generateNext, withoutFonts } from '../next-generator.ts'

export const app: App = {
  name: 'next-pages-router-js',
  about: 'create-next-app: pages router, JavaScript, Tailwind, src folder; pnpm',
  packageManager: 'pnpm',
  async make(maker) {
    await generateNext(maker, 'shop', ['--js', '--no-app', '--src-dir', '--tailwind'])
    withoutFonts(maker.folder, 'src/pages/index.js')
  },
  build: 'build',
  services: [{ folder: '.', script: 'start' }],
  request: '/api/hello',
  trace: { root: 'GET /api/hello', services: ['shop'] },
  mostFiles: 3,
}
