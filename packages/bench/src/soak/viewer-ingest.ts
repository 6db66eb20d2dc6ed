import { setTimeout as delay } from 'node:timers/promises'
import { exportSpans } from '../viewer/exporter.ts'
import { readMemoryMb, startViewerProcess } from '../viewer/viewer-process.ts'

/** What the local viewer has to take for an hour. */
export const VIEWER_SPANS_PER_SECOND = 5_000
/** What a viewer with its default bounds may take. */
export const VIEWER_MAX_MB = 300
/** By then the store is full, and the oldest spans go as new ones come. */
const FULL_AFTER_SHARE = 0.25
/** What memory may still grow by when the store is full. */
export const VIEWER_MAX_GROWTH_MB = 30
const TELL_EVERY_MS = 60_000

/** What the viewer says of its store. */
interface Stored {
  readonly spans: number
  readonly bytes: number
  readonly evictedSpans: number
}

/** Sends spans to the local viewer at a steady rate, and watches its memory. Gives what did not hold. */
export async function soakViewer(minutes: number, say: (line: string) => void): Promise<string[]> {
  await using viewer = await startViewerProcess()
  const from = performance.now()
  const lengthMs = minutes * 60_000
  const passedMs = (): number => performance.now() - from
  const memory: number[] = []
  const watch = async (): Promise<void> => {
    while (passedMs() < lengthMs) {
      await delay(Math.min(TELL_EVERY_MS, lengthMs - passedMs()))
      const { now, peak } = await readMemoryMb(viewer.pid)
      const { spans, bytes, evictedSpans } = await readStored(viewer.url)
      if (passedMs() >= lengthMs * FULL_AFTER_SHARE) memory.push(now)
      say(
        `minute ${(passedMs() / 60_000).toFixed(1)}: RSS ${now.toFixed(0)} MB, at most ${peak.toFixed(0)}; ` +
          `${spans} spans stored in ${(bytes / 1e6).toFixed(0)} MB, ${evictedSpans} made room`,
      )
    }
  }
  const [exported] = await Promise.all([
    exportSpans({
      url: viewer.url,
      spansPerSecond: VIEWER_SPANS_PER_SECOND,
      goOn: () => passedMs() < lengthMs,
    }),
    watch(),
  ])
  const { peak } = await readMemoryMb(viewer.pid)
  const { spans, evictedSpans } = await readStored(viewer.url)
  return listProblems({
    rate: exported.spans / exported.seconds,
    lost: exported.spans - spans - evictedSpans,
    peak,
    growth: (memory.at(-1) ?? Number.NaN) - (memory[0] ?? Number.NaN),
  })
}

function listProblems({
  rate,
  lost,
  peak,
  growth,
}: {
  readonly rate: number
  readonly lost: number
  readonly peak: number
  readonly growth: number
}): string[] {
  const problems: string[] = []
  if (rate < VIEWER_SPANS_PER_SECOND * 0.98)
    problems.push(`only ${rate.toFixed(0)} spans a second were taken`)
  if (lost !== 0) problems.push(`${lost} spans are neither stored nor counted as having made room`)
  if (peak > VIEWER_MAX_MB) problems.push(`RSS was ${peak.toFixed(0)} MB`)
  if (!(growth <= VIEWER_MAX_GROWTH_MB))
    problems.push(`RSS grew by ${growth.toFixed(0)} MB with a full store`)
  return problems
}

async function readStored(url: string): Promise<Stored> {
  const response = await fetch(`${url}/api/meta`)
  const { stored } = (await response.json()) as { readonly stored: Stored }
  return stored
}
