import type { BrowserReport, ReportItem } from '../../src/client/report.ts'

/** The trace and span that {@link makeReport} names. */
export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
export const PAGE_SPAN_ID = 'b7ad6b7169203331'

/** One of each item, as a page of four seconds tells of them. */
export const ITEMS = {
  load: {
    kind: 'load',
    parent: '00f067aa0ba902b7',
    d: 800,
    marks: [1, 2, 2, 5, 6, 300, 350, 600, 800],
  },
  resume: { kind: 'resume', t: 3_000 },
  call: {
    kind: 'call',
    id: 'c7ad6b7169203331',
    t: 2_000,
    d: 120.5,
    method: 'POST',
    path: '/api/plan',
    status: 200,
  },
  vital: { kind: 'vital', t: 900, name: 'lcp', value: 750 },
  error: {
    kind: 'error',
    t: 1_000,
    path: '/settings',
    type: 'TypeError',
    message: 'x is not a function',
    stack: 'TypeError: x is not a function\n    at f (app.js:1:2)',
  },
} as const satisfies Record<string, ReportItem>

/** A report that is as it should be. */
export const makeReport = (changes: Partial<BrowserReport> = {}): BrowserReport => ({
  v: 1,
  sent: Date.now(),
  now: 4_000,
  path: '/invoices/3',
  trace: `00-${TRACE_ID}-${PAGE_SPAN_ID}-01`,
  items: [ITEMS.load, ITEMS.call, ITEMS.vital, ITEMS.error],
  ...changes,
})
