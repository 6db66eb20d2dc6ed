import { registerHooks } from 'node:module'

/**
 * Lists on stderr the packages that are loaded from now on, in order, each once; returns what stops it.
 *
 * Costs a little at each import, so it is for `THROUGHLINE_DEBUG=1` only.
 */
export function listLoadedPackages(): () => void {
  const seen = new Set<string>()
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      const name = packageOf(resolved.url)
      if (name !== undefined && !seen.has(name)) {
        seen.add(name)
        process.stderr.write(`throughline: loads ${name}\n`)
      }
      return resolved
    },
  })
  return () => hooks.deregister()
}

/** Name of the package that holds a file, by its last node_modules folder. */
function packageOf(url: string): string | undefined {
  const [, name] =
    /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(decodeURIComponent(url)) ?? []
  return name?.replaceAll('\\', '/')
}
