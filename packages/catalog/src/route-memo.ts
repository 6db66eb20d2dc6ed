import type { RouteTable } from './route-table.ts'
import { METHODS } from './vocabulary.ts'

/** Most paths remembered for one method: more than an application has routes. */
const MAX_PATHS = 1000

/**
 * The same table, quicker for paths that come again and again as the same string: route templates, and
 * the very path of a rule without wildcards, which `pathOf` gives. Concrete paths are not remembered,
 * since there is no end of them.
 */
export function rememberTemplates<T>(
  table: RouteTable<T>,
  pathOf: (rule: T) => string | undefined,
): RouteTable<T> {
  const remembered = new Map(METHODS.map(method => [method as string, new Map<string, T>()]))
  return {
    find(method, path) {
      const paths = remembered.get(method)
      const known = paths?.get(path)
      if (known !== undefined) return known
      const found = table.find(method, path)
      if (found === undefined || paths === undefined || paths.size === MAX_PATHS) return found
      if (HAS_WILDCARD.test(path) || path === pathOf(found)) paths.set(path, found)
      return found
    },
  }
}

const HAS_WILDCARD = /[[:*{]/
