import type { Check } from '../check.ts'
import { describeBringer } from '../installed-packages.ts'
import { placeOf } from '../places.ts'

const API = '@opentelemetry/api'

/**
 * API_COPIES: copies of the API that are not of one version. Those of one share what is registered; of several, only the
 * version that registers first can register anything.
 */
export const checkApiCopies: Check = ({ app, project, packages }) => {
  const copies = packages.reachable().filter(({ name }) => name === API)
  const versions = new Set(copies.map(({ version }) => version))
  if (versions.size < 2) return []
  const list = copies.map(describeBringer).join('; ')
  return [
    {
      code: 'API_COPIES',
      level: 'warning',
      at: placeOf(project, app.manifest.path),
      what: `${copies.length} copies of ${API} are installed: ${list}`,
      why: 'the one that registers something first keeps another version from registering at all, and then nothing is traced',
      fix: `add "overrides": { "${API}": "1.10.0" } to the package.json of the root (pnpm: pnpm.overrides, yarn: resolutions), and install again`,
    },
  ]
}
