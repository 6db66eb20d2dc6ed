import {
  MAX_ITEMS,
  MAX_MESSAGE,
  MAX_NAME,
  MAX_PATH,
  MAX_STACK,
  PAGE_LOAD_MARKS,
  type BrowserReport,
  type PageCall,
  type PageError,
  type PageLoad,
  type PageResume,
  type PageVital,
  type ReportItem,
} from '../client/report.ts'
import { closed, isList, isNumber, isOneOf, isText, optional, type Check } from './shape.ts'

const HOUR_MS = 60 * 60 * 1000
const MAX_PAGE_AGE_MS = 30 * 24 * HOUR_MS
/** Most by which what has happened may be older than the report that tells of it. */
const MAX_ITEM_AGE_MS = HOUR_MS
/** Most that one thing takes. */
const MAX_DURATION_MS = 24 * HOUR_MS
/** Browsers round their clocks. */
const ROUNDING_MS = 1_000

const isSpanId = isText(16, /^(?!0{16})[\da-f]{16}$/)
const isPath = isText(MAX_PATH, /^\/[^?#]*$/)
const isTime = isNumber(0, MAX_PAGE_AGE_MS)
const isDuration = isNumber(0, MAX_DURATION_MS)
const isName = isText(MAX_NAME)

const ITEMS: Readonly<Record<ReportItem['kind'], Check>> = {
  load: closed<PageLoad>({
    kind: isOneOf(['load']),
    parent: optional(isSpanId),
    d: isDuration,
    marks: isList(PAGE_LOAD_MARKS.length, PAGE_LOAD_MARKS.length, isDuration),
  }),
  resume: closed<PageResume>({ kind: isOneOf(['resume']), t: isTime }),
  call: closed<PageCall>({
    kind: isOneOf(['call']),
    id: isSpanId,
    t: isTime,
    d: isDuration,
    method: isName,
    path: isPath,
    status: optional(isNumber(100, 599)),
    error: optional(isName),
  }),
  vital: closed<PageVital>({
    kind: isOneOf(['vital']),
    t: isTime,
    name: isOneOf(['ttfb', 'fcp', 'lcp', 'inp', 'cls']),
    value: isDuration,
  }),
  error: closed<PageError>({
    kind: isOneOf(['error']),
    t: isTime,
    path: isPath,
    type: isName,
    message: isText(MAX_MESSAGE),
    stack: optional(isText(MAX_STACK)),
  }),
}

const isItem: Check = value => {
  const { kind } = (value ?? {}) as { readonly kind?: unknown }
  return (
    typeof kind === 'string' &&
    Object.hasOwn(ITEMS, kind) &&
    ITEMS[kind as ReportItem['kind']](value)
  )
}

const isReport = closed<BrowserReport>({
  v: value => value === 1,
  sent: isNumber(0, 8.64e15),
  now: isTime,
  path: isPath,
  trace: isText(55, /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/),
  signature: optional(isText(100, /^[\w.-]+$/)),
  items: isList(1, MAX_ITEMS, isItem),
})

/** The report in a body; undefined when it is none, to the last key and range. */
export function parseReport(body: string): BrowserReport | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    // Not even JSON.
    return undefined
  }
  if (!isReport(value)) return undefined
  const report = value as BrowserReport
  return report.items.every(item => isWithin(item, report.now)) ? report : undefined
}

/** Whether all of an item happened before the report was sent, and not long before. */
function isWithin(item: ReportItem, now: number): boolean {
  const t = item.kind === 'load' ? 0 : item.t
  const d = 'd' in item ? item.d : 0
  const latest = item.kind === 'load' ? Math.max(d, ...item.marks) : t + d
  return latest <= now + ROUNDING_MS && now - latest <= MAX_ITEM_AGE_MS
}
