import type { Problem, Service } from '@throughline/catalog'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { pathsToCheck } from '../catalog-paths.ts'
import { quote } from '../wording.ts'
import { linePlace } from './catalog-place.ts'

/** Rules on the files that the catalog names. */
export const CATALOG_PLACE_RULES: readonly LintRule<LintContext>[] = [
  {
    id: 'location-missing',
    level: 'error',
    find: ({ catalog, presentPaths }) =>
      [...catalog.services].flatMap(([name, service]) =>
        pathsToCheck(service)
          .filter(({ path }) => !presentPaths.has(path))
          .map(({ key, path, line }) => ({
            at: linePlace(catalog, line),
            message:
              key === 'paths'
                ? `paths of service ${quote(name)} name ${quote(path)}, which matches no file`
                : `${key} of service ${quote(name)} is at ${quote(path)}, which does not exist`,
            fix: 'write where it is, as a path from the root of the repository',
          })),
      ),
  },
  {
    id: 'service-without-paths',
    level: 'warning',
    find: ({ catalog }) =>
      [...catalog.services].flatMap(([name, service]) => withoutPaths(name, service, catalog)),
  },
]

function withoutPaths(
  name: string,
  { kind, paths, line }: Service,
  catalog: LintContext['catalog'],
): Problem[] {
  if (kind === 'external' || paths.length > 0) return []
  return [
    {
      at: linePlace(catalog, line),
      message: `service ${quote(name)} has no paths, so its routes are not held against its code`,
      fix: `add paths: ["services/${name}/**"]`,
    },
  ]
}
