import type { App } from '../app.ts'
import { liftUp } from '../next-generator.ts'

export const app: App = {
  name: 'express-generator',
  about: 'express-generator: Express 4, CommonJS, no view engine',
  packageManager: 'npm',
  async make({ folder, generate }) {
    await generate(folder, 'express-generator@4', '--no-view', '--git', 'orders')
    liftUp(folder, 'orders')
  },
  services: [{ folder: '.', script: 'start' }],
  request: '/users',
  trace: { root: 'GET /users', services: ['orders'] },
  mostFiles: 2,
}
