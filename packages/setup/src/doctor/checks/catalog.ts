import { findCatalog } from '@throughline/catalog'
import { lintRepository } from '@throughline/monitoring'
import type { Project } from '../../project/project.ts'
import type { Complaint, ExamineContext } from '../check.ts'

const MOST_NAMED = 3

/** CATALOG_MISSING, CATALOG_BROKEN, ROUTES_UNOWNED: whether there are owners for what is traced. */
export function checkCatalog(
  { root, apps }: Project,
  { catalog }: ExamineContext,
): readonly Complaint[] {
  if (catalog === undefined) {
    const lacking = apps.filter(
      ({ isInstalled, folder }) => isInstalled && findCatalog(folder) === undefined,
    )
    if (lacking.length === 0) return []
    return [
      {
        code: 'CATALOG_MISSING',
        level: 'warning',
        at: undefined,
        what: `there is no ownership.yaml in ${lacking.map(({ path }) => path || '.').join(', ')} or above`,
        why: 'spans have no team and are unlisted',
        fix: 'run throughline init, which drafts one',
      },
    ]
  }
  if (!catalog.ok) {
    return catalog.problems.map(({ at, message, fix }) => ({
      code: 'CATALOG_BROKEN',
      level: 'error',
      at,
      what: message,
      why: 'a catalog with a mistake is not used at all: spans have no team',
      fix,
    }))
  }
  const unowned = lintRepository(root, { catalog: catalog.value.file }).filter(
    ({ rule }) => rule === 'route-unowned',
  )
  const [first] = unowned
  if (first === undefined) return []
  const named = unowned
    .slice(0, MOST_NAMED)
    .map(({ message }) => message.split(' is in the code', 1)[0])
  const rest = unowned.length > MOST_NAMED ? `, and ${unowned.length - MOST_NAMED} more` : ''
  return [
    {
      code: 'ROUTES_UNOWNED',
      level: 'warning',
      at: first.at,
      what: `${unowned.length === 1 ? 'a route has' : `${unowned.length} routes have`} no owner: ${named.join(', ')}${rest}`,
      why: 'what fails there belongs to the team of the service, which may not know it',
      fix: 'run throughline owners lint, and give each a line in the catalog',
    },
  ]
}
