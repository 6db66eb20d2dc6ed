import type { SourceTree } from './source-tree.ts'
import { walk } from './syntax.ts'

const DIRECTIVE = 'use server'

/** Whether one of some modules, or anything they import from the same sources, has a server action. */
export function usesServerAction(paths: readonly string[], sources: SourceTree): boolean {
  const seen = new Set<string>()
  const queue = [...paths]
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const module = sources.module(path)
    if (module === undefined) continue
    if (module.mayHaveAction && hasDirective(module.program)) return true
    for (const { from } of module.imports.values()) {
      const next = sources.resolve(path, from)
      if (next !== undefined) queue.push(next)
    }
  }
  return false
}

/** Whether a module, or a function in it, begins with `'use server'`. */
function hasDirective(program: Parameters<typeof walk>[0]): boolean {
  let found = false
  walk(program, node => {
    if (node.type === 'ExpressionStatement' && node.directive === DIRECTIVE) found = true
    return !found
  })
  return found
}
