import { findServiceRoutes } from '../src/lint/routes-in-code/find-routes.ts'

/** The routes that the sources of a service say, and where something could not be read; nothing without a framework. */
export function serverRoutes(files: Readonly<Record<string, string>>): string[] | undefined {
  const found = findServiceRoutes('api', 'node', new Map(Object.entries(files)))
  return (
    found &&
    [
      ...found.routes.map(({ pattern }) => pattern.text),
      ...found.gaps.map(({ at, message }) => `${at} ${message}`),
    ].toSorted()
  )
}
