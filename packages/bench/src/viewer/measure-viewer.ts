import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { startChromium } from '@throughline/checks/chromium'
import { startReceiver } from '@throughline/otlp'
import type { Browser } from 'playwright-core'
import { pinMeasured } from '../pinning.ts'
import { quantileOf, spreadOf, type Spread } from '../spread.ts'
import { exportSpans } from './exporter.ts'
import { importLargeTrace } from './large-trace.ts'
import { measureFirstPaint, measureFrames, openList, type Frames } from './page.ts'
import { readMemoryMb, startViewerProcess } from './viewer-process.ts'

/** What the local viewer takes, and what it costs. */
export interface ViewerCost {
  readonly ingest: IngestCost
  /** Milliseconds from the request of the page to the first row of the list. */
  readonly firstPaint: { readonly storedSpans: number; readonly ms: Spread }
  readonly largeTrace: LargeTraceCost
  /** Kilobytes of the page when compressed by gzip. */
  readonly pageKb: number
}

/** Opening a large trace and scrolling through it, several times. */
export interface LargeTraceCost {
  readonly spans: number
  readonly openMs: Spread
  /** The longest frame of each time. */
  readonly longestFrameMs: Spread
  /** Longest task of the page in all of them, and 0 where none was a long one. */
  readonly longestTaskMs: number
}

/** Taking spans as fast as they come, with the page open. */
export interface IngestCost {
  readonly seconds: number
  readonly spansPerSecond: number
  /** What the receiver alone takes, which decodes and keeps nothing, in the same run. */
  readonly receiverSpansPerSecond: number
  /** Most memory of the process at any time. */
  readonly peakMb: number
  /** Milliseconds that the first page of the list took meanwhile. */
  readonly listMs: { readonly median: number; readonly p95: number }
}

const STORED_SPANS = 200_000
const LARGE_TRACE_SPANS = 10_000
const PAINTS = 9
const OPENINGS = 7
const ASK_EVERY_MS = 500

/** Measures the viewer, whose process gets a core of its own where that can be had. */
export async function measureViewer(
  ingestSeconds: number,
  say: (line: string) => void,
): Promise<ViewerCost> {
  await using undo = new AsyncDisposableStack()
  const browser = undo.adopt(await startChromium(), started => started.close())
  say(`sending spans to the viewer for ${ingestSeconds} s, with its page open`)
  const ingest = await measureIngest(browser, ingestSeconds)
  say(`opening the list with ${STORED_SPANS} spans stored, ${PAINTS} times`)
  await using viewer = await startViewerProcess()
  await exportSpans({ url: viewer.url, goOn: spans => spans < STORED_SPANS })
  const ms: number[] = []
  for (let paint = 0; paint < PAINTS; paint += 1)
    ms.push(await measureFirstPaint(browser, viewer.url))
  say(`opening and scrolling a trace of ${LARGE_TRACE_SPANS} spans, ${OPENINGS} times`)
  const traceId = await importLargeTrace(viewer.url, LARGE_TRACE_SPANS)
  const openings: Frames[] = []
  for (let opening = 0; opening < OPENINGS; opening += 1)
    openings.push(await measureFrames(browser, viewer.url, traceId))
  return {
    ingest,
    firstPaint: { storedSpans: STORED_SPANS, ms: spreadOf(ms) },
    largeTrace: {
      spans: LARGE_TRACE_SPANS,
      openMs: spreadOf(openings.map(({ openMs }) => openMs)),
      longestFrameMs: spreadOf(openings.map(({ longestFrameMs }) => longestFrameMs)),
      longestTaskMs: Math.max(0, ...openings.flatMap(({ longTasksMs }) => longTasksMs)),
    },
    pageKb: (await sizeOfPage()) / 1000,
  }
}

async function measureIngest(browser: Browser, seconds: number): Promise<IngestCost> {
  const receiverSpansPerSecond = await measureReceiver(Math.min(10, seconds))
  await using viewer = await startViewerProcess()
  pinMeasured(viewer.pid)
  const page = await openList(browser, viewer.url)
  const until = performance.now() + seconds * 1000
  const goOn = (): boolean => performance.now() < until
  const [exported, asked] = await Promise.all([
    exportSpans({ url: viewer.url, goOn }),
    askWhile(viewer.url, goOn),
  ])
  const { peak } = await readMemoryMb(viewer.pid)
  await page.close()
  const sorted = asked.toSorted((a, b) => a - b)
  return {
    seconds: exported.seconds,
    spansPerSecond: exported.spans / exported.seconds,
    receiverSpansPerSecond,
    peakMb: peak,
    listMs: { median: quantileOf(sorted, 0.5), p95: quantileOf(sorted, 0.95) },
  }
}

/** The receiver of the same package, on a core of its own, that only decodes. */
async function measureReceiver(seconds: number): Promise<number> {
  await using receiver = await startReceiver()
  const until = performance.now() + seconds * 1000
  const { spans, seconds: took } = await exportSpans({
    url: receiver.url,
    goOn: () => performance.now() < until,
  })
  return spans / took
}

/** Asks for the list again and again, as a page does; gives how long each answer took. */
async function askWhile(url: string, goOn: () => boolean): Promise<number[]> {
  const took: number[] = []
  while (goOn()) {
    const from = performance.now()
    const response = await fetch(`${url}/api/traces?limit=50`)
    await response.arrayBuffer()
    took.push(performance.now() - from)
    await delay(ASK_EVERY_MS)
  }
  return took
}

/** Bytes of all files of the page, compressed. */
async function sizeOfPage(): Promise<number> {
  const manifest = createRequire(import.meta.url).resolve('@throughline/viewer/package.json')
  const folder = join(dirname(manifest), 'dist/page')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  const sizes = await Promise.all(
    files.map(async file => gzipSync(await readFile(join(file.parentPath, file.name))).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
