import { toJson, writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'

// The files of create-hono's template "nodejs", which it fetches from a repository and not from a registry; but for the
// port, which is 3000 there.
const FILES = {
  'package.json': toJson({
    name: 'orders',
    type: 'module',
    scripts: {
      dev: 'tsx watch src/index.ts',
      build: 'tsc',
      start: 'node dist/index.js',
    },
    dependencies: { '@hono/node-server': '^2.1.9', hono: '^4.9.0' },
    devDependencies: { '@types/node': '^24.0.0', tsx: '^4.7.1', typescript: '^5.8.3' },
  }),
  'tsconfig.json': toJson({
    compilerOptions: {
      target: 'ESNext',
      module: 'NodeNext',
      strict: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
      types: ['node'],
      jsx: 'react-jsx',
      jsxImportSource: 'hono/jsx',
      outDir: './dist',
    },
    exclude: ['node_modules'],
  }),
  '.gitignore': 'dist/\nnode_modules\n',
  'src/index.ts': `import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()

app.get('/', (c) => {
  return c.text('Hello Hono!')
})

serve({
  fetch: app.fetch,
  port: Number(process.env.PORT ?? 3000)
}, (info) => {
  console.log(\`Server is running on http://localhost:\${info.port}\`)
})
`,
}

export const app: App = {
  name: 'hono',
  about: 'Hono on Node, as the template "nodejs" of create-hono has it',
  packageManager: 'npm',
  make: async ({ folder }) => writeFiles(folder, FILES),
  build: 'build',
  services: [{ folder: '.', script: 'start' }],
  request: '/',
  // Hono is ES modules only: its requests are traced, and its routes have no names.
  trace: { root: 'GET', services: ['orders'] },
  mostFiles: 2,
}
