import { type Point, pointBetween } from './edge-curve.ts'

export const LABEL_WIDTH = 112
export const LABEL_HEIGHT = 16

/** Where along a curve a label may stand, the best first. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7]

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Middle of a label on each curve, where it hides neither a node nor another label; undefined where there is no such place. */
export function placeLabels(
  curves: readonly (readonly Point[])[],
  nodes: readonly Box[],
): readonly (Point | undefined)[] {
  const taken = [...nodes]
  return curves.map(points => {
    for (const candidate of candidatesOf(points)) {
      const box = {
        x: candidate.x - LABEL_WIDTH / 2,
        y: candidate.y - LABEL_HEIGHT / 2,
        width: LABEL_WIDTH,
        height: LABEL_HEIGHT,
      }
      if (taken.some(other => overlaps(box, other))) continue
      taken.push(box)
      return candidate
    }
    return undefined
  })
}

function candidatesOf(points: readonly Point[]): readonly Point[] {
  const pieces = points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }))
  return SHARES.flatMap(share => pieces.map(({ from, to }) => pointBetween(from, to, share)))
}

/** Whether two boxes share any place. */
export const overlaps = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height
