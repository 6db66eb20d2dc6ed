import type { Check } from '../check.ts'
import { describeBringer, type InstalledPackage } from '../installed-packages.ts'
import { parseRelease } from '../node-range.ts'
import { placeOf } from '../places.ts'

/** The generation that Throughline is made of. */
const OURS = 3

/** Packages of which two generations do not understand each other. That they are installed costs nothing yet; using both does. */
const STATEFUL = /^@opentelemetry\/(core|sdk-(trace.*|node))$/

const MOST_NAMED = 3

/** OTEL_GENERATIONS: OpenTelemetry of an older generation beside ours. */
export const checkOtelGenerations: Check = ({ app, project, packages }) => {
  const stateful = packages.reachable().filter(({ name }) => STATEFUL.test(name))
  const older = stateful.filter(pack => (generationOf(pack) ?? OURS) < OURS)
  if (older.length === 0 || older.length === stateful.length) return []
  const named = older.slice(0, MOST_NAMED).map(pack => `${pack.name} ${describeBringer(pack)}`)
  const rest = older.length > MOST_NAMED ? `, and ${older.length - MOST_NAMED} more` : ''
  const bringers = [...new Set(older.map(({ by }) => by.split(' > ', 1)[0] ?? ''))]
  return [
    {
      code: 'OTEL_GENERATIONS',
      level: 'warning',
      at: placeOf(project, app.manifest.path),
      what: `two generations of OpenTelemetry are installed: besides ours, ${OURS}.x, ${named.join('; ')}${rest}`,
      why: 'a part of one generation that is given to another records nothing, without a word',
      fix: `remove ${bringers.join(' and ')}, or update to a version that is built on OpenTelemetry ${OURS}.x`,
    },
  ]
}

/** Stable packages carry their generation as their major version, the others in hundreds of their minor one. */
function generationOf({ version }: InstalledPackage): number | undefined {
  const release = parseRelease(version)
  if (release === undefined) return undefined
  const [major, minor] = release
  if (major > 0) return major
  return minor < 200 ? 1 : Math.floor(minor / 100)
}
