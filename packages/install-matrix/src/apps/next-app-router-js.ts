import type { App } from '../app.ts'
import { generateNext, withoutFonts } from '../next-generator.ts'

export const app: App = {
  name: 'next-app-router-js',
  about: 'create-next-app: app router, JavaScript, no src folder; Yarn 1',
  packageManager: 'yarn',
  async make(maker) {
    await generateNext(maker, 'shop', ['--js', '--app', '--no-src-dir', '--no-tailwind'])
    withoutFonts(maker.folder, 'app/layout.js')
  },
  build: 'build',
  services: [{ folder: '.', script: 'start' }],
  request: '/',
  trace: { root: 'GET /', services: ['shop'] },
  mostFiles: 3,
}
