/** A stretch of the trace that is looked at, in milliseconds from its start. */
export interface TimeWindow {
  readonly fromMs: number
  readonly toMs: number
}

/** Shorter than a thousandth of a microsecond nothing can be told apart. */
const LEAST_MS = 1e-6

/** The whole of a trace; a trace that took no time is given some, so that it can be drawn. */
export const wholeWindow = (durationMs: number): TimeWindow => ({
  fromMs: 0,
  toMs: Math.max(durationMs, LEAST_MS),
})

/** Reads a stretch from an address; the whole trace where that says none, or one that cannot be. */
export function readWindow(from: string, to: string, durationMs: number): TimeWindow {
  const whole = wholeWindow(durationMs)
  if (from === '' && to === '') return whole
  const fromMs = from === '' ? 0 : Number(from)
  const toMs = to === '' ? whole.toMs : Number(to)
  const valid = Number.isFinite(fromMs) && Number.isFinite(toMs) && toMs - fromMs >= LEAST_MS
  return valid && fromMs < whole.toMs && toMs > 0 ? { fromMs, toMs } : whole
}

/** A stretch with some air around it, so that its edges can be seen; never beyond the trace. */
export function windowAround(startMs: number, endMs: number, durationMs: number): TimeWindow {
  const whole = wholeWindow(durationMs)
  const air = Math.max((endMs - startMs) * 0.05, whole.toMs / 1e5, LEAST_MS)
  return { fromMs: Math.max(0, startMs - air), toMs: Math.min(whole.toMs, endMs + air) }
}

/** Where a moment stands in the window: 0 at its start, 1 at its end. */
export const shareOf = ({ fromMs, toMs }: TimeWindow, ms: number): number =>
  (ms - fromMs) / (toMs - fromMs)

/** Where a bar is drawn, in shares of the window, cut off at its edges. */
interface Bar {
  readonly start: number
  readonly end: number
  /** Whether it lies in the window, or wholly before or after it. */
  readonly side: 'inside' | 'before' | 'after'
}

export function barOf(window: TimeWindow, startMs: number, durationMs: number): Bar {
  const start = shareOf(window, startMs)
  const end = shareOf(window, startMs + durationMs)
  if (end < 0) return { start: 0, end: 0, side: 'before' }
  if (start > 1) return { start: 1, end: 1, side: 'after' }
  return { start: Math.max(0, start), end: Math.min(1, end), side: 'inside' }
}

/** A mark of the axis. */
interface Tick {
  readonly ms: number
  /** With the unit that all marks of the axis share: `600 ms`. */
  readonly label: string
}

interface Unit {
  readonly name: string
  readonly ms: number
}

const UNITS: readonly [Unit, ...Unit[]] = [
  { name: 'ns', ms: 1e-6 },
  { name: 'µs', ms: 1e-3 },
  { name: 'ms', ms: 1 },
  { name: 's', ms: 1000 },
  { name: 'min', ms: 60_000 },
  { name: 'h', ms: 3_600_000 },
]

/** Steps that a person would take from a minute on; below it they are 1, 2 and 5 with zeros. */
const LONG_STEPS_MS: readonly number[] = [
  10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000,
  7_200_000, 21_600_000, 43_200_000, 86_400_000,
]

/** Marks for a window: at most `most`, at round times, all in one unit. */
export function ticksOf({ fromMs, toMs }: TimeWindow, most: number): Tick[] {
  const stepMs = chooseStep((toMs - fromMs) / Math.max(1, most))
  // Parts of a second are said of seconds, but nobody says 0.25 min.
  const unit =
    UNITS.findLast(({ ms }) => ms <= toMs && (ms <= 1000 || stepMs % ms === 0)) ?? UNITS[0]
  const digits = Math.max(0, -Math.floor(Math.log10(stepMs / unit.ms) + 1e-9))
  const ticks: Tick[] = []
  for (let count = Math.ceil(fromMs / stepMs - 1e-9); count * stepMs <= toMs; count += 1) {
    const ms = count * stepMs
    ticks.push({ ms, label: `${trimZeros((ms / unit.ms).toFixed(digits))} ${unit.name}` })
  }
  return ticks
}

function chooseStep(leastMs: number): number {
  if (leastMs > 5000) {
    const last = 86_400_000
    return LONG_STEPS_MS.find(step => step >= leastMs) ?? Math.ceil(leastMs / last) * last
  }
  const power = 10 ** Math.floor(Math.log10(leastMs))
  const factor = [1, 2, 5].find(step => step * power >= leastMs * (1 - 1e-9)) ?? 10
  return factor * power
}

const trimZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** The edges of a stretch for an address, to a thousandth of its length: nobody sees less. */
export function windowParameters({ fromMs, toMs }: TimeWindow): readonly [string, string] {
  const digits = Math.max(0, Math.ceil(3 - Math.log10(Math.max(toMs - fromMs, LEAST_MS))))
  const write = (ms: number): string => String(Number(ms.toFixed(digits)))
  return [write(fromMs), write(toMs)]
}
