import { basename } from 'node:path'

/**
 * Whether a process serves an application, by its arguments; what it is else needs no telemetry.
 *
 * With `NODE_OPTIONS` everything that Next.js starts loads the preload: builds, the parent of `next dev`, which only
 * watches the process that serves, and workers that compile.
 */
export function servesApplication(argv: readonly string[]): boolean {
  const [, script = '', command] = argv
  if (/[\\/]next[\\/]dist[\\/]server[\\/]lib[\\/]start-server\.js$/.test(script)) return true
  if (basename(script) === 'next' || /[\\/]next[\\/]dist[\\/]bin[\\/]next$/.test(script))
    return command === 'start'
  return script !== '' && !/[\\/]next[\\/]dist[\\/]/.test(script)
}
