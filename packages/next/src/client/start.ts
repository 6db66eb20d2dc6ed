import { watchFetch, watchXhr } from './calls.ts'
import { watchErrors } from './errors.ts'
import { openPage } from './page.ts'
import { MAX_PATH } from './report.ts'
import { watchLife } from './page-life.ts'
import { measureVitals } from './vitals.ts'

/** What the browser's part does. */
export interface StartOptions {
  /** Route of the application that takes reports: a path, with the `basePath` if there is one. @default '/api/telemetry' */
  readonly url?: string
  /** Whether web vitals are measured; loads the `web-vitals` library after the page. @default true */
  readonly webVitals?: boolean
}

/** Marks a page that has started, whichever copy of this code did. */
const STARTED = Symbol.for('throughline.client.v1')

/**
 * Continues the trace of a page in the browser: how it was loaded, its calls to its own server, its web vitals and the
 * errors that nothing handled. Never throws, waits for nothing, and does nothing when called again or on a server.
 *
 * @example
 * // instrumentation-client.ts
 * import { start } from '@throughline/next/client'
 * start()
 */
export function start({ url = '/api/telemetry', webVitals = true }: StartOptions = {}): void {
  try {
    const marks = window as unknown as Record<symbol, boolean>
    if (marks[STARTED]) return
    marks[STARTED] = true
    const page = openPage(url)
    watchFetch(page.beginCall)
    watchXhr(page.beginCall)
    watchErrors(error =>
      page.tell({
        kind: 'error',
        t: performance.now(),
        path: location.pathname.slice(0, MAX_PATH),
        ...error,
      }),
    )
    watchLife(page, () => {
      if (!webVitals) return
      void measureVitals(vital => page.tell({ kind: 'vital', t: performance.now(), ...vital }))
    })
  } catch {
    // No browser, or one that lacks what is needed: the page is not traced.
  }
}
