import { toJson, writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'

const FILES = {
  'package.json': toJson({
    name: 'orders',
    version: '1.0.0',
    private: true,
    scripts: { start: 'tsx src/server.ts' },
    dependencies: { express: '^5.1.0', tsx: '^4.20.0' },
    devDependencies: { '@types/express': '^5.0.0', '@types/node': '^24.0.0', typescript: '^5.9.0' },
  }),
  'tsconfig.json': toJson({
    compilerOptions: {
      target: 'ES2024',
      module: 'CommonJS',
      strict: true,
      esModuleInterop: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['src'],
  }),
  '.gitignore': 'node_modules\n.yarn/install-state.gz\n',
  '.yarnrc.yml': 'nodeLinker: node-modules\n',
  'yarn.lock': '',
  'src/server.ts': `import express from 'express'

const app = express()

app.get('/orders/:id', (request, response) => {
  response.json({ id: request.params.id })
})

app.listen(Number(process.env.PORT ?? 3000))
`,
}

export const app: App = {
  name: 'express-tsx',
  about: 'Express 5 in TypeScript, run by tsx; Yarn 4 with node_modules',
  packageManager: 'yarn-berry',
  make: async ({ folder }) => writeFiles(folder, FILES),
  services: [{ folder: '.', script: 'start' }],
  request: '/orders/7',
  trace: { root: 'GET /orders/:id', services: ['orders'] },
  mostFiles: 2,
}
