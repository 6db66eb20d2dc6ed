import type { Release } from './node-range.ts'

/** Versions of a package with which something is known to go wrong. */
export interface KnownBadVersion {
  readonly name: string
  /** The first release that is good again; undefined where none is known. */
  readonly below: Release | undefined
  readonly level: 'error' | 'warning'
  readonly why: string
  readonly fix: string
  /** Where that is known from. */
  readonly source: string
}

/** What is known to go wrong. Each has a source: what was read, or measured. */
export const KNOWN_BAD_VERSIONS: readonly KnownBadVersion[] = [
  {
    name: 'next',
    below: [15, 0],
    level: 'error',
    why: 'Throughline is made for Next.js 15 and 16, and tested with these',
    fix: 'update next to 16',
    source: 'peerDependencies of packages/next/package.json',
  },
  ...['@sentry/nextjs', '@sentry/node'].map(name => ({
    name,
    below: [11, 0] as const,
    level: 'error' as const,
    why: 'before version 11 Sentry traces with an OpenTelemetry of its own, and takes no enableOpenTelemetrySetup to leave it to us',
    fix: `update ${name} to 11 or newer`,
    source: 'packages/node/README.md, Sentry beside us; @sentry/node 11 build/cjs/sdk/index.js',
  })),
  {
    name: '@fastify/otel',
    below: undefined,
    level: 'warning',
    why: 'it makes four more spans of each request, which is traced with its route already, and brings OpenTelemetry 2.x',
    fix: 'remove @fastify/otel',
    source: '@fastify/otel 0.21.2 beside OpenTelemetry 3.x, as measured with Fastify 5.12',
  },
  {
    name: '@opentelemetry/instrumentation-fastify',
    below: undefined,
    level: 'warning',
    why: 'it is deprecated, makes three more spans of each request, nests them wrongly, and brings OpenTelemetry 2.x',
    fix: 'remove @opentelemetry/instrumentation-fastify',
    source:
      '@opentelemetry/instrumentation-fastify 0.57.0 beside OpenTelemetry 3.x, as measured with Fastify 5.12',
  },
]
