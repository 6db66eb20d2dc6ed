import type { Check } from '../check.ts'
import { describeBringer } from '../installed-packages.ts'
import { placeOf } from '../places.ts'

/** VERSIONS_DIFFER: packages of ours that were not released together. */
export const checkVersions: Check = ({ app, project, packages }) => {
  const ours = packages.reachable().filter(({ name }) => name.startsWith('@throughline/'))
  if (new Set(ours.map(({ version }) => version)).size < 2) return []
  const list = ours.map(pack => `${pack.name} ${describeBringer(pack)}`).join(', ')
  return [
    {
      code: 'VERSIONS_DIFFER',
      level: 'warning',
      at: placeOf(project, app.manifest.path),
      what: `packages of Throughline have several versions: ${list}`,
      why: 'they are tested together, in one version; what one says the other may not understand',
      fix: `give all of them the version ${newestOf(ours.map(({ version }) => version))}, and install again`,
    },
  ]
}

const newestOf = (versions: readonly string[]): string =>
  versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? ''
