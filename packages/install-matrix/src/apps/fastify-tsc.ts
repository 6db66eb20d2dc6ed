import { toJson, writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'

const FILES = {
  'package.json': toJson({
    name: 'orders',
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { build: 'tsc', start: 'node --enable-source-maps dist/server.js' },
    dependencies: { fastify: '^5.6.0' },
    devDependencies: { '@types/node': '^24.0.0', typescript: '^5.9.0' },
  }),
  'tsconfig.json': toJson({
    compilerOptions: {
      target: 'ES2024',
      module: 'NodeNext',
      strict: true,
      skipLibCheck: true,
      sourceMap: true,
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
  }),
  '.gitignore': 'node_modules\ndist\n',
  'src/server.ts': `import fastify from 'fastify'

const app = fastify({ logger: true })

app.get<{ Params: { id: string } }>('/orders/:id', async request => ({ id: request.params.id }))

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '::' })
`,
}

export const app: App = {
  name: 'fastify-tsc',
  about: 'Fastify 5 in TypeScript, built by tsc',
  packageManager: 'npm',
  make: async ({ folder }) => writeFiles(folder, FILES),
  build: 'build',
  services: [{ folder: '.', script: 'start' }],
  request: '/orders/7',
  trace: { root: 'GET /orders/:id', services: ['orders'] },
  mostFiles: 2,
}
