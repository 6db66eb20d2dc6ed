import { toJson, writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'

const FILES = {
  'package.json': toJson({
    name: 'orders',
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { start: 'node server.js' },
  }),
  '.gitignore': 'node_modules\n',
  'server.js': `import { createServer } from 'node:http'

createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ method: request.method, path: request.url }))
}).listen(process.env.PORT ?? 3000)
`,
}

export const app: App = {
  name: 'plain-http',
  about: 'node:http alone, ECMAScript modules',
  packageManager: 'npm',
  make: async ({ folder }) => writeFiles(folder, FILES),
  services: [{ folder: '.', script: 'start' }],
  request: '/orders',
  trace: { root: 'GET', services: ['orders'] },
  mostFiles: 2,
}
