import { writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'
import { liftUp } from '../next-generator.ts'

export const app: App = {
  name: 'nest',
  about: 'nest new: TypeScript',
  packageManager: 'npm',
  async make({ folder, generate }) {
    await generate(
      folder,
      '@nestjs/cli@12',
      'new',
      'orders',
      '--skip-install',
      '--skip-git',
      '-p',
      'npm',
    )
    liftUp(folder, 'orders')
    writeFiles(folder, { '.gitignore': 'node_modules\ndist\n' })
  },
  build: 'build',
  services: [{ folder: '.', script: 'start:prod' }],
  request: '/',
  trace: { root: 'GET /', services: ['orders'] },
  mostFiles: 2,
}
