import type { App } from '../app.ts'
import { generateFastify } from '../fastify-generator.ts'

export const app: App = {
  name: 'fastify-cli-js',
  about: 'fastify generate: CommonJS',
  packageManager: 'npm',
  make: maker => generateFastify(maker, 'orders'),
  services: [{ folder: '.', script: 'start' }],
  request: '/example',
  trace: { root: 'GET /example', services: ['orders'] },
  mostFiles: 2,
}
