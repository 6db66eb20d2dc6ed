import type { SecretKind } from './secrets.ts'

/** One secret in one place. */
export interface Plant {
  readonly place: string
  readonly kind: string
  readonly secret: string
  /** What must not be found. */
  readonly core: string
}

/** A place where a request, or what an application does with one, carries a secret. */
export interface Place {
  /** As a reader would say it: `in a cookie`. */
  readonly name: string
  readonly kinds: readonly SecretKind[]
  /** Harmless words that leave with it: where they are not found, nothing left, and that no secret did proves nothing. */
  readonly marker?: string
  /** Puts the secret there. Rejects when the application did not answer at all. */
  readonly plant: (secret: string) => Promise<unknown>
}

/** Numbers the secrets, so that each is found by itself. */
export type MakePlant = (place: Place, kind: SecretKind) => Plant

/** Makes plants, each with a secret that no other one has. */
export function createPlanter(): MakePlant {
  let number = 0
  return ({ name }, kind) => {
    number += 1
    const secret = kind.make(number)
    return { place: name, kind: kind.name, secret, core: kind.core?.(secret) ?? secret }
  }
}
