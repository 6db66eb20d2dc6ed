import { editManifest, writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'
import { generateNext, withoutFonts } from '../next-generator.ts'

const INSTRUMENTATION = `import { registerOTel } from "@vercel/otel";

export function register() {
  registerOTel({ serviceName: "shop" });
}
`

export const app: App = {
  name: 'next-vercel-otel',
  about:
    'create-next-app: app router, TypeScript, src folder; with @vercel/otel as its documentation says',
  packageManager: 'npm',
  async make(maker) {
    const { folder } = maker
    await generateNext(maker, 'shop', ['--ts', '--app', '--src-dir', '--no-tailwind'])
    withoutFonts(folder, 'src/app/layout.tsx')
    editManifest(folder, manifest => {
      manifest.dependencies = {
        ...manifest.dependencies,
        '@opentelemetry/api': '^1.9.0',
        '@opentelemetry/api-logs': '^0.219.0',
        '@opentelemetry/instrumentation': '^0.219.0',
        '@opentelemetry/sdk-logs': '^0.219.0',
        '@vercel/otel': '2.1.3',
      }
    })
    writeFiles(folder, { 'src/instrumentation.ts': INSTRUMENTATION })
  },
  build: 'build',
  services: [{ folder: '.', script: 'start' }],
  request: '/',
  trace: { root: 'GET /', services: ['shop'] },
  mostFiles: 3,
}
