import { readFileSync } from 'node:fs'

/** Version of this package, and of all of ours: they are released together. */
export function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
