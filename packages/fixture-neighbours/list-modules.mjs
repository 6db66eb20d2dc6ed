import { registerHooks } from 'node:module'

// Modules of other products, as they are resolved.
globalThis.loadedModules = new Set()
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    const [, name] = /.*node_modules\/(@sentry\/[^/]+)/.exec(resolved.url) ?? []
    if (name !== undefined && !globalThis.loadedModules.has(name)) {
      globalThis.loadedModules.add(name)
      process.stderr.write(`list-modules: ${name}\n`)
    }
    return resolved
  },
})
