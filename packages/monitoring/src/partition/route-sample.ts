import type { RoutePattern } from '@throughline/catalog'
import type { RouteSelector } from './route-selector.ts'

/** A request, as the labels of its series say. */
export interface RouteSample {
  readonly method: string
  readonly route: string
}

/** Methods to try for a pattern that names none, the likeliest first. */
const METHODS_TO_TRY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '_OTHER']

/**
 * A request that the patterns list and the selectors take, the likeliest that a reader would think of; none when other
 * patterns take all of them.
 */
export function sampleRoute(
  patterns: readonly RoutePattern[],
  selectors: readonly RouteSelector[],
): RouteSample | undefined {
  return patterns
    .flatMap(pattern => {
      const methods = pattern.method === '*' ? METHODS_TO_TRY : [pattern.method]
      return templatesOf(pattern).flatMap(route => methods.map(method => ({ method, route })))
    })
    .find(sample => selectors.some(selector => selects(selector, sample)))
}

/** Whether a series is one that a selector takes. Prometheus anchors its regular expressions. */
export function selects(
  { methods, include, exclude }: RouteSelector,
  { method, route }: RouteSample,
): boolean {
  const matches = (regexes: readonly string[]): boolean =>
    regexes.some(regex => new RegExp(`^(?:${regex})$`).test(route))
  if (methods !== undefined && methods.names.includes(method) !== methods.only) return false
  return (include.length === 0 || matches(include)) && !matches(exclude)
}

function templatesOf({ segments }: RoutePattern): string[] {
  const path = segments
    .filter(({ kind }) => kind !== 'rest')
    .map(segment => (segment.kind === 'literal' ? `/${segment.text}` : '/[id]'))
    .join('')
  if (segments.at(-1)?.kind !== 'rest') return [path || '/']
  return [path || '/', `${path}/[...rest]`, `${path}/a/b`]
}
