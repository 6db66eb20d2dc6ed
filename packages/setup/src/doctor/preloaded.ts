import { readSource } from '../edits/source.ts'
import { readText } from '../plan/read-text.ts'
import type { App, NextApp } from '../project/project.ts'
import type { Subject } from './check.ts'
import { exportsOurs } from './exported-ours.ts'
import { preloadsUs } from './node-preload.ts'
import { NEXT_PRELOAD, preloadsIn } from './preload-options.ts'
import { startsOf } from './start-scripts.ts'

/** Whether a command, or a value of NODE_OPTIONS, starts us with an application. */
export const isPreloaded = (text: string, app: App): boolean =>
  app.kind === 'node'
    ? preloadsUs(text, app)
    : preloadsIn(text).some(({ target }) => target === NEXT_PRELOAD)

/** Whether a Next.js application is started with our preload somewhere: then it needs no register(). */
export const isNextPreloaded = ({ app, settings }: Subject<NextApp>): boolean =>
  [
    ...startsOf(app).map(({ command }) => command),
    ...settings.filter(({ name }) => name === 'NODE_OPTIONS').map(({ value }) => value),
  ].some(text => isPreloaded(text, app))

/** Whether the instrumentation file of a Next.js application starts us. */
export function exportsRegister({ instrumentation, folder }: NextApp): boolean {
  if (instrumentation === undefined) return false
  const read = readSource(readText(instrumentation) ?? '', instrumentation)
  return read.ok && exportsOurs(read.source, 'register', folder)
}
