import type { Decoded } from './records.ts'

/** Collects the valid records of a request and counts the others. */
export interface Collection<T> {
  add(record: T): void
  reject(reason: string): void
  result(): Decoded<T>
}

export function createCollection<T>(): Collection<T> {
  const records: T[] = []
  let rejected = 0
  let reason = ''
  return {
    add: record => void records.push(record),
    reject(why) {
      rejected += 1
      if (reason === '') reason = why
    },
    result: () => ({ records, rejected, reason }),
  }
}
