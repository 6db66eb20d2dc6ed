import type { MapEdge } from '../../src/api/service-map.ts'

const THINNEST = 1.5
const THICKEST = 7

/** Thickness of each edge by how often it is called, on a logarithmic scale from the rarest to the busiest. */
export function strokeWidths(edges: readonly Pick<MapEdge, 'rate'>[]): readonly number[] {
  const logs = edges.map(({ rate }) => Math.log10(Math.max(rate, 1e-6)))
  const lowest = Math.min(...logs)
  const range = Math.max(...logs) - lowest
  return logs.map(log =>
    range === 0 ? THINNEST : THINNEST + ((log - lowest) / range) * (THICKEST - THINNEST),
  )
}

/** Share of an edge that is drawn as failing: none where nothing failed, and enough to be seen where little did. */
export const failingShare = ({ calls, errors }: Pick<MapEdge, 'calls' | 'errors'>): number =>
  errors === 0 ? 0 : Math.max(0.06, Math.min(1, errors / Math.max(1, calls)))
