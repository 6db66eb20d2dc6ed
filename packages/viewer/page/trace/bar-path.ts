import type { Stretch } from '@throughline/trace'
import { shareOf, type TimeWindow } from './time-scale.ts'

/** Units across the drawing of a bar. */
export const BAR_WIDTH = 1000

/** A path of boxes for stretches of time: each from `top` down by `height`, cut off at the edges of the window. */
export function boxesPath(
  window: TimeWindow,
  stretches: readonly Stretch[],
  { top, height }: { readonly top: number; readonly height: number },
): string {
  let path = ''
  for (const [startMs, endMs] of stretches) {
    const start = Math.max(0, shareOf(window, startMs))
    const end = Math.min(1, shareOf(window, endMs))
    if (end < start) continue
    path += `M${toUnits(start)} ${top}H${toUnits(end)}V${top + height}H${toUnits(start)}Z`
  }
  return path
}

const toUnits = (share: number): number => Math.round(share * BAR_WIDTH * 100) / 100
