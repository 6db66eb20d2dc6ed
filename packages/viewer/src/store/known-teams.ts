import type { DatabaseSync } from 'node:sqlite'

/** More names than any organisation has: what sends so many makes them up. */
const MOST_TEAMS = 1000

/** Gives what remembers that a span names a team, for longer than the span is kept. */
export function createKnownTeams(database: DatabaseSync): (name: string) => void {
  const known = new Set(readKnownTeams(database))
  const write = database.prepare('INSERT OR IGNORE INTO teams VALUES (?)')
  return name => {
    if (known.has(name) || known.size >= MOST_TEAMS) return
    write.run(name)
    known.add(name)
  }
}

/** Teams that a span ever named, by name. */
export function readKnownTeams(database: DatabaseSync): string[] {
  return database
    .prepare('SELECT name FROM teams ORDER BY name')
    .all()
    .map(({ name }) => String(name))
}
