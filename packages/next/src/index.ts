/** What Next.js tells of the request in which an error happened. */
export interface RequestErrorContext {
  readonly routerKind: string
  readonly routePath: string
  readonly routeType: string
}

interface Runtime {
  startRegistered(): void
  recordRequestError(error: unknown): void
}

/**
 * Starts tracing, metrics and owners for this application: export it from `instrumentation.ts`.
 *
 * Does nothing in the edge runtime, and nothing when the process was started with the preload. Never throws, since
 * Next.js would answer 500 to every request then: when something else traces the process already, or the package cannot
 * be found from the working directory, that is said on stderr and the application runs untraced.
 *
 * @example
 * // instrumentation.ts
 * export { register, onRequestError } from '@throughline/next'
 */
export function register(): void {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  loadRuntime(why => process.stderr.write(`throughline: ${why}\n`))?.startRegistered()
}

/** Records an error of a page, route handler, server action or proxy on its span: export it from `instrumentation.ts`. */
export function onRequestError(
  error: unknown,
  _request: unknown,
  _context: RequestErrorContext,
): void {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  loadRuntime()?.recordRequestError(error)
}

/**
 * Loads the bundled runtime as Node would, past the bundler that this file goes through: a second copy of it, or parts of
 * it compiled into the application, would patch nothing.
 */
function loadRuntime(onMissing: (why: string) => void = () => undefined): Runtime | undefined {
  const { createRequire } = process.getBuiltinModule('node:module')
  const path = process.getBuiltinModule('node:path')
  const folders = [process.cwd(), path.dirname(process.argv[1] ?? process.cwd())]
  const misses: string[] = []
  for (const folder of folders) {
    try {
      return createRequire(path.join(folder, 'package.json'))(
        '@throughline/next/runtime',
      ) as Runtime
    } catch (error) {
      misses.push(`from ${folder}: ${(error as Error).message.split('\n', 1)[0]}`)
    }
  }
  onMissing(
    `@throughline/next does not load, so nothing is traced (${misses.join('; ')}). Install it there, and wrap next.config with withThroughline() so that a standalone build carries it.`,
  )
  return undefined
}
