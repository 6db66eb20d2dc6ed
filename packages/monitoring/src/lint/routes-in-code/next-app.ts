import { posix } from 'node:path'
import type { Problem } from '@throughline/catalog'
import { type CodeRoute, createCodeRoute, type FoundRoutes, GIVE_LIST } from './code-route.ts'
import { usesServerAction } from './server-actions.ts'
import type { SourceTree } from './source-tree.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Files that make an address of their own when they are code: crawlers ask for them as for any route. */
const METADATA: Readonly<Record<string, string>> = {
  sitemap: 'sitemap.xml',
  robots: 'robots.txt',
  manifest: 'manifest.webmanifest',
}

/**
 * The routes of an app folder of Next.js.
 *
 * A page is `GET`, and `POST` as well where it or a layout around it uses a server action, which is posted to the page's own
 * address. A route handler has the methods that it exports; the HEAD and OPTIONS that Next.js adds are not listed. Code for
 * sitemap.xml, robots.txt and manifest.webmanifest is a route; images for icons and previews are not, since Next.js chooses
 * their addresses.
 */
export function findAppRoutes(service: string, folder: string, sources: SourceTree): FoundRoutes {
  const routes = new Map<string, CodeRoute>()
  const gaps: Problem[] = []
  for (const path of sources.files) {
    if (!path.startsWith(`${folder}/`)) continue
    const [, directory = '', kind = ''] = /^(.*)\/([\w-]+)\.(?:[jt]sx?|mdx?)$/.exec(path) ?? []
    const segments = segmentsOf(directory.slice(folder.length))
    if (segments === undefined) continue
    const methods = methodsOf(path, kind, directory, folder, sources)
    const last = METADATA[kind]
    const template = `/${[...segments, ...(last === undefined ? [] : [last])].join('/')}`
    if (methods === 'unknown') {
      const message = `${service}: the methods of the route handler for ${template} cannot be read`
      gaps.push({ at: path, message, fix: GIVE_LIST })
      continue
    }
    for (const method of methods) {
      const route = createCodeRoute(service, method, template, path)
      if (route !== undefined)
        routes.set(route.pattern.text, routes.get(route.pattern.text) ?? route)
    }
  }
  return { routes: [...routes.values()], gaps }
}

function methodsOf(
  path: string,
  kind: string,
  directory: string,
  folder: string,
  sources: SourceTree,
): readonly string[] | 'unknown' {
  if (kind === 'route') return exportedMethods(path, sources)
  if (kind in METADATA) return ['GET']
  if (kind !== 'page') return []
  return usesServerAction([path, ...layoutsOf(directory, folder, sources)], sources)
    ? ['GET', 'POST']
    : ['GET']
}

/** The methods that a route handler exports, itself or from elsewhere. */
function exportedMethods(path: string, sources: SourceTree): readonly string[] | 'unknown' {
  const module = sources.module(path)
  const found = METHODS.filter(method => exportsName(path, method, sources, new Set()))
  const isForeign = module?.wholeExports.some(from => sources.resolve(path, from) === undefined)
  return found.length === 0 || isForeign === true ? 'unknown' : found
}

function exportsName(path: string, name: string, sources: SourceTree, seen: Set<string>): boolean {
  const module = seen.has(path) ? undefined : sources.module(path)
  if (module === undefined) return false
  if (module.exports.has(name)) return true
  return module.wholeExports.some(from => {
    const next = sources.resolve(path, from)
    return next !== undefined && exportsName(next, name, sources, seen.add(path))
  })
}

/** Layouts and templates around a page. */
function layoutsOf(directory: string, folder: string, sources: SourceTree): string[] {
  const own = sources.paths.filter(
    path => posix.dirname(path) === directory && /\/(layout|template)\.[jt]sx?$/.test(path),
  )
  return directory === folder
    ? own
    : [...own, ...layoutsOf(posix.dirname(directory), folder, sources)]
}

/**
 * Segments of the address of a folder; nothing for a folder that has none.
 *
 * Groups `(x)` and slots `@x` are not part of it. A private folder `_x` has none, and an intercepting one `(.)x` shows a
 * page that has an address elsewhere.
 */
function segmentsOf(directory: string): readonly string[] | undefined {
  const folders = directory.split('/').filter(name => name !== '')
  if (folders.some(name => name.startsWith('_') || /^\(\.{1,3}\)/.test(name))) return undefined
  return folders
    .filter(name => !/^\(.*\)$/.test(name) && !name.startsWith('@'))
    .map(name => name.replace(/^%5F/i, '_'))
}
