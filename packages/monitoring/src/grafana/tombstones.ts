import type { YamlValue } from '../yaml-text.ts'
import { GRAFANA_FOLDER, renderProvisioning } from './provisioning.ts'

/** Read before the rules: a new rule may have the title of one that is deleted. */
const TOMBSTONES_FILE = `${GRAFANA_FOLDER}/deleted.yaml`

/** Uids of what Grafana was given. */
interface Uids {
  readonly rules: readonly string[]
  readonly contactPoints: readonly string[]
}

/**
 * The file that has Grafana delete what earlier files gave it: a rule that is merely gone from a file lives on.
 *
 * `previous` holds the files that are replaced, `current` those that replace them, by path. Whatever is in an earlier file, or
 * was deleted by it, and is not in a current one is deleted. Rendered over its own output it stays the same.
 */
export function renderTombstones(
  previous: ReadonlyMap<string, string>,
  current: ReadonlyMap<string, string>,
): { readonly path: string; readonly text: string } {
  const now = emittedUids(current)
  const before = emittedUids(previous)
  const deleted = deletedUids(previous.get(TOMBSTONES_FILE) ?? '')
  return {
    path: TOMBSTONES_FILE,
    text: renderProvisioning(
      '# Rules and contact points of earlier versions, kept here for every Grafana that may still have them.',
      {
        deleteRules: tombstones([...before.rules, ...deleted.rules], now.rules),
        deleteContactPoints: tombstones(
          [...before.contactPoints, ...deleted.contactPoints],
          now.contactPoints,
        ),
      },
    ),
  }
}

function tombstones(earlier: readonly string[], current: readonly string[]): YamlValue {
  const living = new Set(current)
  return [...new Set(earlier)]
    .filter(uid => !living.has(uid))
    .toSorted()
    .map(uid => ({ uid, orgId: 1 }))
}

function emittedUids(files: ReadonlyMap<string, string>): Uids {
  const own = [...files].filter(([path]) => path.startsWith(`${GRAFANA_FOLDER}/`))
  return {
    rules: own.flatMap(([path, text]) => (path.includes('/rules-') ? listUids(text) : [])),
    contactPoints: own.flatMap(([path, text]) =>
      path.endsWith('/contact-points.yaml') ? listUids(text) : [],
    ),
  }
}

function deletedUids(text: string): Uids {
  const [rules = '', contactPoints = ''] = text.split(/^deleteContactPoints:/m)
  return { rules: listUids(rules), contactPoints: listUids(contactPoints) }
}

/** Rules, receivers and tombstones alike begin with their uid; a file of thousands of them is not parsed for that. */
function listUids(text: string): string[] {
  return [...text.matchAll(/^ *- uid: '?([\w-]+)'?$/gm)].map(([, uid = '']) => uid)
}
