import type { Problem } from '@throughline/catalog'

/** Name of the file beside the catalog that lists routes which may stay without an owner. */
export const ACCEPTED_FILE = 'ownership.unowned.txt'

/** A line of that file: `web GET /legacy/[id]`. */
export interface AcceptedRoute {
  readonly at: string
  /** Service, method and path, as in the code. */
  readonly route: string
}

/** The routes that may stay without an owner: a list that may only get shorter. */
export interface AcceptedUnowned {
  readonly routes: readonly AcceptedRoute[]
  readonly problems: readonly Problem[]
}

/** Reads the list; lines that begin with `#` and empty ones are nothing. */
export function parseAcceptedUnowned(text: string, file: string): AcceptedUnowned {
  const routes: AcceptedRoute[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  text.split('\n').forEach((line, index) => {
    const route = line.trim().replaceAll(/\s+/g, ' ')
    const at = `${file}:${index + 1}`
    if (route === '' || route.startsWith('#')) return
    if (!/^\S+ (\*|[A-Z]+) \/\S*$/.test(route)) {
      const message = `${JSON.stringify(route)} is not a service, a method and a path`
      problems.push({ at, message, fix: 'write it as in: web GET /legacy/[id]' })
    } else if (seen.has(route)) {
      problems.push({
        at,
        message: `${JSON.stringify(route)} is listed twice`,
        fix: 'remove this line',
      })
    } else {
      seen.add(route)
      routes.push({ at, route })
    }
  })
  return { routes, problems }
}

/** The text of the list, sorted. */
export function renderAcceptedUnowned(routes: Iterable<string>): string {
  return [
    '# Routes in code that no line of the catalog lists yet. Give one an owner and remove its line; never add one.',
    ...[...routes].toSorted(),
    '',
  ].join('\n')
}
