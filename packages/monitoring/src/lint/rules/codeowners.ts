import type { Problem } from '@throughline/catalog'
import { entriesFor } from '../../imports/codeowners-folders.ts'
import { readCodeowners } from '../../imports/codeowners-lines.ts'
import type { LintRule } from '../finding.ts'
import { baseOfGlob } from '../glob.ts'
import type { LintContext } from '../lint-context.ts'
import { quote } from '../wording.ts'
import { linePlace } from './catalog-place.ts'

/** Rules that hold CODEOWNERS against the catalog: reviews go where it says. */
export const CODEOWNERS_RULES: readonly LintRule<LintContext>[] = [
  { id: 'codeowners-differ', level: 'error', find: differences },
]

/** Folders of services that CODEOWNERS gives to others than the team that fixes the service in production. */
function differences({ catalog, codeowners, ownership: { resolver } }: LintContext): Problem[] {
  if (codeowners === undefined) return []
  const { entries } = readCodeowners(codeowners.text, codeowners.file)
  return [...catalog.services].flatMap(([name, { kind, paths, line }]) => {
    const { team = '', decidedBy } = resolver.role(name, 'productionFix')
    const handle = catalog.teams.get(team)?.github
    // A service without a team, and a team that is a person, are told by rules of their own.
    if (kind === 'external' || decidedBy?.rule === 'org.defaultTeam') return []
    if (handle?.includes('/') !== true) return []
    return paths.flatMap(glob => {
      const folder = baseOfGlob(glob)
      const found = entriesFor(folder, entries)
      if (
        found.some(({ owners }) =>
          owners.some(owner => owner.toLowerCase() === handle.toLowerCase()),
        )
      )
        return []
      const owners = found.flatMap(entry => entry.owners)
      const says = owners.length === 0 ? 'nobody' : owners.join(' and ')
      const message = `CODEOWNERS gives ${quote(folder)} of service ${quote(name)} to ${says}, the catalog to ${handle}`
      return [
        {
          at: found.at(-1)?.at ?? linePlace(catalog, line),
          message,
          fix: `write the line: /${folder}/ ${handle}, behind all others that match it; or run throughline generate`,
        },
      ]
    })
  })
}
