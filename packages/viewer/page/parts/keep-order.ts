/**
 * Keys as somebody sees them already: those that were there keep their places, those that are gone leave, and new ones come last, in their
 * own order.
 */
export function keepOrder(shown: readonly string[], sorted: readonly string[]): readonly string[] {
  const there = new Set(sorted)
  const known = new Set(shown)
  return [...shown.filter(key => there.has(key)), ...sorted.filter(key => !known.has(key))]
}
