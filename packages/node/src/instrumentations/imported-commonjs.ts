import { Module } from 'node:module'
import { isAbsolute, sep } from 'node:path'

// Node's own CommonJS loader, which it keeps replaceable for the sake of such tools, and which @types/node leaves out.
type Load = (
  this: unknown,
  request: string,
  parent: Module | null | undefined,
  isMain: boolean,
) => unknown
const loader = Module as unknown as { _load: Load; _cache: Record<string, Module | undefined> }

const PACKAGES = `${sep}node_modules${sep}`

/**
 * Lets instrumentations see CommonJS packages that an ES module imports; returns what undoes it.
 *
 * They are patched as they pass through `require`, which an `import` does not call: it hands the file straight to
 * the CommonJS loader. Here that load goes through `require` too, and what an instrumentation put in the place of
 * the exports becomes the exports. Packages that are ES modules themselves stay unseen; they need a loader hook, whose
 * cost at start-up is several times that of all the rest.
 */
export function seeImportedCommonJs(): () => void {
  const load = loader._load
  const seeingLoad: Load = function (request, parent, isMain) {
    const imported = parent == null && !isMain && isAbsolute(request) && request.includes(PACKAGES)
    if (!imported) return Reflect.apply(load, this, [request, parent, isMain])
    const exports: unknown = new Module(request).require(request)
    const module = loader._cache[request]
    if (module !== undefined) module.exports = exports
    return exports
  }
  loader._load = seeingLoad
  return () => {
    if (loader._load === seeingLoad) loader._load = load
  }
}
