export interface Point {
  readonly x: number
  readonly y: number
}

/** A curve that leaves each point sideways: from the first, through pairs of points between which it is straight, to the last. */
export function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const steps = rest.map((to, index) => {
    const from = points[index] ?? first
    const middle = (from.x + to.x) / 2
    return from.y === to.y
      ? `H${round(to.x)}`
      : `C${round(middle)} ${round(from.y)} ${round(middle)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`
  })
  return `M${round(first.x)} ${round(first.y)}${steps.join('')}`
}

/** A point of the curve between two points, at a share of it from 0 to 1. */
export function pointBetween(from: Point, to: Point, share: number): Point {
  const rest = 1 - share
  const near = rest ** 3 + 3 * rest ** 2 * share
  const middle = (from.x + to.x) / 2
  const x = rest ** 3 * from.x + 3 * rest * share * (rest + share) * middle + share ** 3 * to.x
  return { x, y: near * from.y + (1 - near) * to.y }
}

/** From a node's upper edge round to its right one, for what calls itself. */
export const loopAt = ({ x, y }: Point): string =>
  `M${round(x - 28)} ${round(y)}c0 -20 40 -20 40 0c0 10 -4 14 -12 14`

const round = (value: number): number => Math.round(value * 10) / 10
