import { spreadOf, type Spread } from './spread.ts'
import type { Testbed } from './testbed.ts'
import { BASE, VARIANTS } from './variants.ts'

/** How long a variant takes from the start of its process to its first answer. */
export interface StartUp {
  readonly ms: Spread
  /** Milliseconds more than without telemetry, round by round. */
  readonly addedMs: Spread
  /** Resident memory at that point, in MB. */
  readonly rssMb: Spread
}

interface Start {
  readonly ms: number
  readonly rssMb: number
}

/** Measures starts: each round starts every variant once, in a process of its own. */
export async function measureStartUp(
  testbed: Testbed,
  rounds: number,
  say: (line: string) => void,
): Promise<Readonly<Record<string, StartUp>>> {
  const starts = new Map<string, Start[]>(VARIANTS.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    say(round === 0 ? 'starts: warming up' : `starts: round ${round} of ${rounds}`)
    for (const variant of VARIANTS) {
      const from = performance.now()
      await using service = await testbed.start(variant)
      const answer = await fetch(`${service.ready.url}/hello`)
      await answer.text()
      const ms = performance.now() - from
      const { rssBytes } = await service.ask()
      // The first round fills the caches of the disk.
      if (round > 0) starts.get(variant.name)?.push({ ms, rssMb: rssBytes / 1e6 })
    }
  }
  const base = starts.get(BASE) ?? []
  return Object.fromEntries(
    [...starts].map(([name, own]) => [
      name,
      {
        ms: spreadOf(own.map(({ ms }) => ms)),
        addedMs: spreadOf(own.map(({ ms }, round) => ms - (base[round]?.ms ?? Number.NaN))),
        rssMb: spreadOf(own.map(({ rssMb }) => rssMb)),
      },
    ]),
  )
}
