import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { toJson, writeFiles } from './app-files.ts'
import type { App, Maker } from './app.ts'
import { generateNext, withoutFonts } from './next-generator.ts'

const API = `import fastify from 'fastify'

const app = fastify()

app.get('/orders/:id', async request => ({ id: request.params.id }))

await app.listen({ port: Number(process.env.PORT ?? 3001), host: '::' })
`

const PAGE = `import { Suspense } from "react";

type Params = { params: Promise<{ id: string }> };

async function Order({ params }: Params) {
  const { id } = await params;
  const response = await fetch(\`\${process.env.API_URL}/orders/\${id}\`);
  const order: { id: string } = await response.json();
  return <p>Order {order.id}</p>;
}

export default function Page(props: Params) {
  return (
    <Suspense fallback={<p>Loading</p>}>
      <Order {...props} />
    </Suspense>
  );
}
`

/** Makes a repository with a Next.js application that calls a Fastify application. */
export async function makeMonorepo(maker: Maker): Promise<void> {
  const { folder } = maker
  const web = join(folder, 'apps/web')
  mkdirSync(web, { recursive: true })
  await generateNext({ ...maker, folder: web }, 'web', [
    '--ts',
    '--app',
    '--src-dir',
    '--no-tailwind',
  ])
  withoutFonts(web, 'src/app/layout.tsx')
  writeFiles(folder, {
    '.gitignore': 'node_modules\n',
    'apps/web/src/app/orders/[id]/page.tsx': PAGE,
    'apps/api/package.json': toJson({
      name: 'api',
      version: '1.0.0',
      private: true,
      type: 'module',
      scripts: { start: 'node server.js' },
      dependencies: { fastify: '^5.6.0' },
    }),
    'apps/api/server.js': API,
  })
}

/** What both repositories have in common. */
export const MONOREPO: Pick<App, 'build' | 'services' | 'env' | 'request' | 'trace'> = {
  build: 'build',
  services: [
    { folder: 'apps/api', script: 'start', urlVariable: 'API_URL' },
    { folder: 'apps/web', script: 'start' },
  ],
  // In production nobody is trusted by the address alone.
  env: { THROUGHLINE_PROPAGATE_TO: 'localhost', THROUGHLINE_INTERNAL_CIDRS: '127.0.0.0/8,::1/128' },
  request: '/orders/7',
  trace: { root: 'GET /orders/[id]', services: ['api', 'web'] },
}
