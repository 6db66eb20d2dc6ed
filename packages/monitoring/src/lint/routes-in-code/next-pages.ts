import { type CodeRoute, createCodeRoute, type FoundRoutes } from './code-route.ts'
import type { SourceTree } from './source-tree.ts'

/** Files of a pages folder that are no routes. */
const NO_ROUTES = /^\/(_app|_document|_error|404|500)$/

/** The routes of a pages folder of Next.js: a page is `GET`; a file below `api` answers any method. */
export function findPageRoutes(service: string, folder: string, sources: SourceTree): FoundRoutes {
  const routes = sources.files
    .filter(path => path.startsWith(`${folder}/`))
    .flatMap((path): CodeRoute[] => {
      const [, name] = /^(\/.*)\.(?:[jt]sx?|mdx?)$/.exec(path.slice(folder.length)) ?? []
      if (name === undefined || NO_ROUTES.test(name)) return []
      const template = name.replace(/\/index$/, '') || '/'
      const method = /^\/api(\/|$)/.test(template) ? '*' : 'GET'
      const route = createCodeRoute(service, method, template, path)
      return route === undefined ? [] : [route]
    })
  return { routes, gaps: [] }
}
