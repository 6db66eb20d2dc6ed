import type { FailedRequest, RequestErrorContext } from './failed-request.ts'

/** What application code asks of the one runtime of its process. */
interface Runtime {
  startRegistered(): void
  recordRequestError(error: unknown, request: FailedRequest, context: RequestErrorContext): void
  receiveReport(request: Request): Promise<Response>
}

/**
 * Loads the bundled runtime as Node would, past the bundler that this file goes through: a second copy of it, or parts of
 * it compiled into the application, would patch nothing. Undefined in the edge runtime, where there is no Node.
 */
export function loadRuntime(
  onMissing: (why: string) => void = () => undefined,
): Runtime | undefined {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return undefined
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
