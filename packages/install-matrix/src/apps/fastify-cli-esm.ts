import type { App } from '../app.ts'
import { generateFastify } from '../fastify-generator.ts'

export const app: App = {
  name: 'fastify-cli-esm',
  about: 'fastify generate: ECMAScript modules',
  packageManager: 'npm',
  make: maker => generateFastify(maker, 'orders', '--esm'),
  services: [{ folder: '.', script: 'start' }],
  request: '/example',
  trace: { root: 'GET /example', services: ['orders'] },
  mostFiles: 2,
}
