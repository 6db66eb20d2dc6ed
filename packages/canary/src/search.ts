import type { Plant } from './plant.ts'

/** Something that left a process. */
export interface Capture {
  /** Who let it out, and how: `web, OTLP`. */
  readonly source: string
  readonly text: string
}

/** A secret that was found. */
export interface Finding {
  readonly plant: Plant
  readonly source: string
  /** What stands around it, without it. */
  readonly around: string
}

/** How much is shown on each side of what was found. */
const AROUND = 60

/** Searches all that left for each secret, as it is and as it is usually encoded. */
export function search(plants: readonly Plant[], captures: readonly Capture[]): Finding[] {
  return plants.flatMap(plant =>
    captures.flatMap(({ source, text }) => {
      const found = encodings(plant.core)
        .map(needle => ({ needle, at: text.indexOf(needle) }))
        .find(({ at }) => at !== -1)
      if (found === undefined) return []
      const { needle, at } = found
      const before = text.slice(Math.max(0, at - AROUND), at)
      const after = text.slice(at + needle.length, at + needle.length + AROUND)
      return [
        {
          plant,
          source,
          around: printable(`${before}⟨secret⟩${after}`.replaceAll(needle, '⟨secret⟩')),
        },
      ]
    }),
  )
}

function encodings(core: string): string[] {
  return [
    ...new Set([
      core,
      encodeURIComponent(core),
      JSON.stringify(core).slice(1, -1),
      Buffer.from(core).toString('base64').replace(/=+$/, ''),
      Buffer.from(core).toString('base64url'),
    ]),
  ]
}

const printable = (text: string): string => text.replaceAll(/[^\x20-\x7e⟨⟩]+/g, ' ')
