import type { Check } from '../check.ts'
import { KNOWN_BAD_VERSIONS } from '../known-bad-versions.ts'
import { isBelow, parseRelease } from '../node-range.ts'
import { placeOf } from '../places.ts'

/** KNOWN_BAD_VERSION: what the application depends on in a version that is known to go wrong. */
export const checkKnownVersions: Check = ({ app, project, packages }) =>
  KNOWN_BAD_VERSIONS.flatMap(({ name, below, level, why, fix }) => {
    const found = name in app.manifest.dependencies ? packages.find(name) : undefined
    const release = found === undefined ? undefined : parseRelease(found.version)
    if (found === undefined || release === undefined) return []
    if (below !== undefined && !isBelow(release, below)) return []
    const at = placeOf(project, app.manifest.path)
    return [
      {
        code: 'KNOWN_BAD_VERSION',
        level,
        at,
        what: `${name} ${found.version} is installed`,
        why,
        fix,
      },
    ]
  })
