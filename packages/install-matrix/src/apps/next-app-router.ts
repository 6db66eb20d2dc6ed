import type { App } from '../app.ts'
import { generateNext, withoutFonts } from '../next-generator.ts'

export const app: App = {
  name: 'next-app-router',
  about: 'create-next-app: app router, TypeScript, src folder',
  packageManager: 'npm',
  async make(maker) {
    await generateNext(maker, 'shop', ['--ts', '--app', '--src-dir', '--no-tailwind'])
    withoutFonts(maker.folder, 'src/app/layout.tsx')
  },
  build: 'build',
  services: [{ folder: '.', script: 'start' }],
  request: '/',
  trace: { root: 'GET /', services: ['shop'] },
  mostFiles: 3,
}
