import type { DatabaseSync } from 'node:sqlite'
import type { KnownService } from '@throughline/trace'

/** More names than any system has: what sends so many makes them up. */
const MOST_SERVICES = 1000

/** Gives what remembers that a service sent a span, for longer than the span is kept. */
export function createKnownServices(
  database: DatabaseSync,
): (name: string, does: 'queries' | 'serves' | 'neither') => void {
  const known = new Map(readKnownServices(database).map(service => [service.name, service]))
  const write = database.prepare('INSERT OR REPLACE INTO services VALUES (?, ?, ?)')
  return (name, does) => {
    const before = known.get(name)
    if (before === undefined ? known.size >= MOST_SERVICES : does === 'neither' || before[does]) {
      return
    }
    const queries = before?.queries === true || does === 'queries'
    const serves = before?.serves === true || does === 'serves'
    write.run(name, queries ? 1 : 0, serves ? 1 : 0)
    known.set(name, { name, queries, serves })
  }
}

/** Services that ever sent a span, by name. */
export function readKnownServices(database: DatabaseSync): KnownService[] {
  return database
    .prepare('SELECT name, queries, serves FROM services ORDER BY name')
    .all()
    .map(({ name, queries, serves }) => ({
      name: String(name),
      queries: queries === 1,
      serves: serves === 1,
    }))
}
