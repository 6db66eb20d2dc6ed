import {
  HEADER_TRACEPARENT,
  HEADER_TRACESTATE,
  TRACESTATE_KEY_THROUGHLINE,
} from '@throughline/conventions'
import type { BeginCall } from './calls.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import {
  createTrace,
  isFromCache,
  randomHex,
  readDocumentTrace,
  readNavigation,
  type PageTrace,
} from './page-trace.ts'
import { MAX_NAME, MAX_PATH, PAGE_LOAD_MARKS, type ReportItem } from './report.ts'

/** A page, and what is told of it. */
export interface Page extends Pick<Outbox, 'leave'> {
  readonly beginCall: BeginCall
  tell(item: ReportItem): void
  /** Tells how it was loaded. */
  tellLoad(): void
  /** Goes on in a new trace. */
  replaceTrace(): void
}

/** Finds the trace of the page; reports go to `url`. */
export function openPage(url: string): Page {
  let trace: PageTrace = readDocumentTrace() ?? createTrace()
  const ownPath = new URL(url, document.baseURI).pathname
  const outbox = createOutbox({
    url,
    path: location.pathname.slice(0, MAX_PATH),
    trace: () => trace,
    adopt(given, instead) {
      if (trace === instead) trace = given
    },
    fetch: window.fetch.bind(window),
  })

  const replaceTrace = (): void => {
    outbox.flush()
    trace = createTrace()
    outbox.add({ kind: 'resume', t: performance.now() })
    outbox.flush()
  }
  /** The trace, or a new one in its place when it may no longer be continued. */
  const currentTrace = (): PageTrace => {
    if (performance.now() > trace.validUntil) replaceTrace()
    return trace
  }

  return {
    replaceTrace,
    leave: () => outbox.leave(),
    tell(item) {
      currentTrace()
      outbox.add(item)
    },
    beginCall(method, { origin, pathname: path }, given) {
      if (origin !== location.origin || path === ownPath) return undefined
      if (given.has(HEADER_TRACEPARENT) || given.has('next-router-prefetch')) return undefined
      const { traceId, flags, signature } = currentTrace()
      const id = randomHex(8)
      const t = performance.now()
      return {
        headers: signature
          ? [
              [HEADER_TRACEPARENT, `00-${traceId}-${id}-${flags}`],
              [HEADER_TRACESTATE, `${TRACESTATE_KEY_THROUGHLINE}=${signature}`],
            ]
          : [],
        end(status, error = 'Error') {
          // Not sampled, or begun in a trace that has been replaced since.
          if (flags === '00' || (signature && signature !== trace.signature)) return
          outbox.add({
            kind: 'call',
            id,
            t,
            d: performance.now() - t,
            method: method.toUpperCase().slice(0, MAX_NAME),
            path: path.slice(0, MAX_PATH),
            ...(status ? { status } : { error: error.slice(0, MAX_NAME) }),
          })
        },
      }
    },
    tellLoad() {
      const navigation = readNavigation()
      // Only now, with all of the document there, it is known for sure where it came from.
      if (trace.parentId && isFromCache(navigation)) trace = createTrace()
      const { flags, parentId, signature } = trace
      if (flags === '00' || !navigation) return
      outbox.add({
        kind: 'load',
        ...(parentId && { parent: parentId }),
        d: navigation.loadEventEnd || performance.now(),
        marks: PAGE_LOAD_MARKS.map(mark => navigation[mark]),
      })
      // The sooner it is given a trace, the more of its calls are in it.
      if (!signature) outbox.flush()
    },
  }
}
