/** What all bodies that are read at once may take together. */
export interface BodyBudget {
  open(): BodyShare
}

/** What one body takes of a budget. */
export interface BodyShare {
  /** Whether there is room for more of this body. */
  take(bytes: number): boolean
  /** Gives back what was taken. */
  close(): void
}

/**
 * Makes a budget. Where it is used up, room is left only for bodies that have had less than an equal share of it: a few
 * that are large and slow hold up no small one, and all together take twice the budget at most.
 */
export function createBodyBudget(maxBytes: number): BodyBudget {
  let bodies = 0
  let total = 0
  return {
    open() {
      let own = 0
      bodies += 1
      return {
        take(bytes) {
          own += bytes
          total += bytes
          return total <= maxBytes || (own * bodies <= maxBytes && total <= 2 * maxBytes)
        },
        close() {
          bodies -= 1
          total -= own
        },
      }
    },
  }
}
