/** What Next.js tells of the request in which an error happened. */
export interface RequestErrorContext {
  readonly routerKind: string
  readonly routePath: string
  readonly routeType: string
}

interface Runtime {
  startNext(startedBy: string): unknown
  recordRequestError(error: unknown): void
}

/**
 * Starts tracing, metrics and owners for this application: export it from `instrumentation.ts`.
 *
 * Does nothing in the edge runtime, and nothing when the process was started with the preload. Throws when something
 * else traces the process already, naming it, or when the package cannot be found from the working directory.
 *
 * @example
 * // instrumentation.ts
 * export { register, onRequestError } from '@throughline/next'
 */
export function register(): void {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  loadRuntime().startNext('register() of @throughline/next')
}

/** Records an error of a page, route handler, server action or proxy on its span: export it from `instrumentation.ts`. */
export function onRequestError(
  error: unknown,
  _request: unknown,
  _context: RequestErrorContext,
): void {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  loadRuntime().recordRequestError(error)
}

/**
 * Loads the bundled runtime as Node would, past the bundler that this file goes through: a second copy of it, or parts of
 * it compiled into the application, would patch nothing.
 */
function loadRuntime(): Runtime {
  const { createRequire } = process.getBuiltinModule('node:module')
  const path = process.getBuiltinModule('node:path')
  const folders = [process.cwd(), path.dirname(process.argv[1] ?? process.cwd())]
  const misses: unknown[] = []
  for (const folder of folders) {
    try {
      return createRequire(path.join(folder, 'package.json'))(
        '@throughline/next/runtime',
      ) as Runtime
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
      misses.push(error)
    }
  }
  throw new AggregateError(
    misses,
    `@throughline/next is not installed in ${folders.join(' or ')}. Install it there, and wrap next.config with withThroughline() so that a standalone build carries it.`,
  )
}
