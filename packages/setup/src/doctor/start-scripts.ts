import type { App } from '../project/project.ts'

/** A script of package.json that starts the application. */
export interface Start {
  readonly name: string
  readonly command: string
}

/** What starts a Next.js application that serves: `next dev`, `next start`, a server of its own or of a standalone build. */
const STARTS_NEXT = /(^|[\s/"'])next(\s+(dev|start)\b|\s*$)|\bserver\.[cm]?[jt]s\b/

/** The scripts of package.json that start an application. */
export function startsOf(app: App): readonly Start[] {
  if (app.kind === 'node') return app.starts
  return Object.entries(app.manifest.scripts)
    .filter(([, command]) => STARTS_NEXT.test(command))
    .map(([name, command]) => ({ name, command }))
}
