import { editFile, editManifest, writeFiles } from '../app-files.ts'
import type { App } from '../app.ts'
import { generateNext, withoutFonts } from '../next-generator.ts'

const OPTIONS = `import * as Sentry from "@sentry/nextjs";

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  tracesSampleRate: 1,
});
`

const INSTRUMENTATION = `import * as Sentry from "@sentry/nextjs";

export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    await import("../sentry.server.config");
  }

  if (process.env.NEXT_RUNTIME === "edge") {
    await import("../sentry.edge.config");
  }
}

export const onRequestError = Sentry.captureRequestError;
`

export const app: App = {
  name: 'next-sentry',
  about: 'create-next-app: app router, TypeScript, src folder; with the files of the Sentry wizard',
  packageManager: 'npm',
  async make(maker) {
    const { folder } = maker
    await generateNext(maker, 'shop', ['--ts', '--app', '--src-dir', '--no-tailwind'])
    withoutFonts(folder, 'src/app/layout.tsx')
    editManifest(folder, manifest => {
      manifest.dependencies = { ...manifest.dependencies, '@sentry/nextjs': '11.5.0' }
      manifest.overrides = { '@sentry/cloudflare': '11.0.0' }
    })
    editFile(folder, 'next.config.ts', text =>
      text
        .replace(
          'import type',
          'import { withSentryConfig } from "@sentry/nextjs/config";\nimport type',
        )
        .replace(
          'export default nextConfig',
          'export default withSentryConfig(nextConfig, { silent: true })',
        ),
    )
    writeFiles(folder, {
      'sentry.server.config.ts': OPTIONS,
      'sentry.edge.config.ts': OPTIONS,
      'src/instrumentation.ts': INSTRUMENTATION,
    })
  },
  build: 'build',
  services: [{ folder: '.', script: 'start' }],
  request: '/',
  trace: { root: 'GET /', services: ['shop'] },
  mostFiles: 4,
}
