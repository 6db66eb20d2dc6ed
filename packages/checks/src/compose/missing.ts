/** What is wanted and not present, each once, in the order in which it is wanted. */
export function listMissing<Item>(wanted: Iterable<Item>, present: Iterable<Item>): Item[] {
  const there = new Set(present)
  return [...new Set(wanted)].filter(item => !there.has(item))
}
