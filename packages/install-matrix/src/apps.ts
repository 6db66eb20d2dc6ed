import type { App } from './app.ts'
import { app as expressGenerator } from './apps/express-generator.ts'
import { app as expressTsx } from './apps/express-tsx.ts'
import { app as fastifyEsm } from './apps/fastify-cli-esm.ts'
import { app as fastifyJs } from './apps/fastify-cli-js.ts'
import { app as fastifyTs } from './apps/fastify-cli-ts.ts'
import { app as fastifyTsc } from './apps/fastify-tsc.ts'
import { app as hono } from './apps/hono.ts'
import { app as nest } from './apps/nest.ts'
import { app as nextAppJs } from './apps/next-app-router-js.ts'
import { app as nextApp } from './apps/next-app-router.ts'
import { app as nextPagesJs } from './apps/next-pages-router-js.ts'
import { app as nextPages } from './apps/next-pages-router.ts'
import { app as nextSentry } from './apps/next-sentry.ts'
import { app as nextVercelOtel } from './apps/next-vercel-otel.ts'
import { app as npmMonorepo } from './apps/npm-monorepo.ts'
import { app as plainHttp } from './apps/plain-http.ts'
import { app as pnpmMonorepo } from './apps/pnpm-monorepo.ts'

/** Every application of the matrix. */
export const apps: readonly App[] = [
  nextApp,
  nextAppJs,
  nextPages,
  nextPagesJs,
  nextSentry,
  nextVercelOtel,
  npmMonorepo,
  pnpmMonorepo,
  fastifyEsm,
  fastifyJs,
  fastifyTs,
  fastifyTsc,
  expressGenerator,
  expressTsx,
  nest,
  hono,
  plainHttp,
]
