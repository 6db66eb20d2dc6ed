/** How many hues there are: as many as colour-blind readers tell apart. */
const HUES = 8

/**
 * The hue of a service, from 0 to 7: by its name, and another where a service before it in the alphabet has that one.
 * With more services than hues they repeat.
 */
export function hueOf(service: string, services: readonly string[] = []): number {
  const taken = new Set<number>()
  for (const name of [...services].toSorted()) {
    let hue = hashOf(name) % HUES
    while (taken.has(hue) && taken.size < HUES) hue = (hue + 1) % HUES
    if (name === service) return hue
    taken.add(hue)
    if (taken.size === HUES) taken.clear()
  }
  return hashOf(service) % HUES
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 2_166_136_261
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return hash >>> 0
}
