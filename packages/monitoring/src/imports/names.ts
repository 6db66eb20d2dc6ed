/** A text as an id of the catalog: small letters, digits and hyphens, a letter first. */
export function idOf(text: string): string {
  const id = text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
  return id === '' ? 'team' : id
}

/** An id as people say it: `eng-leads` is `Eng leads`. */
export function nameOf(id: string): string {
  const words = id.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** A text as the name of a service. */
export function serviceNameOf(text: string): string {
  const name = text.replaceAll(/[^\w./@-]+/g, '-')
  return /^[\w@]/.test(name) ? name : `service${name}`
}

/** The first of `wanted`, then `wanted-2`, …, that `taken` does not hold. */
export function freeName(wanted: string, taken: { has(name: string): boolean }): string {
  let name = wanted
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`
  return name
}

/** The text that stands there most often, the first of those that do equally. */
export function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}
