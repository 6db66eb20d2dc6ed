import type { DecidedBy, Problem, Route } from '@throughline/catalog'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { covers, isListed, nameOf, parseTarget, pathOf } from '../route-listing.ts'
import type { CodeRoute } from '../routes-in-code/code-route.ts'
import { quote, replacementFor } from '../wording.ts'
import { linePlace } from './catalog-place.ts'

/** Rules that hold the routes of the code against those of the catalog. */
export const ROUTE_RULES: readonly LintRule<LintContext>[] = [
  { id: 'route-unowned', level: 'error', find: unownedProblems },
  { id: 'route-not-in-code', level: 'error', find: context => eachRoute(context, staleRoute) },
  { id: 'route-shadowed', level: 'warning', find: context => eachRoute(context, shadowedRoute) },
  { id: 'accepted-route-stale', level: 'error', find: staleAcceptances },
  { id: 'exception-matches-nothing', level: 'warning', find: staleExceptions },
  { id: 'routes-unreadable', level: 'warning', find: ({ code }) => code.gaps },
]

/** Routes of the code that no line lists and no exception excuses. */
export function listUnowned(
  context: Pick<LintContext, 'code' | 'ownership' | 'today'>,
): readonly CodeRoute[] {
  return context.code.routes.filter(
    route => !isListed(route, context) && !isExcepted(route, context),
  )
}

function isExcepted(
  { service, pattern }: CodeRoute,
  { ownership: { catalog }, today }: Pick<LintContext, 'ownership' | 'today'>,
): boolean {
  return catalog.exceptions.some(({ rule, target, until }) => {
    const excused = rule === 'route-unowned' && until >= today ? parseTarget(target) : undefined
    return excused?.service === service && covers(excused.pattern, pattern)
  })
}

function unownedProblems(context: LintContext): Problem[] {
  const accepted = new Set(context.accepted.routes.map(({ route }) => route))
  return listUnowned(context)
    .filter(route => !accepted.has(nameOf(route)))
    .map(({ service, pattern, at }) => ({
      at,
      message: `route ${quote(matchOf(pattern))} of ${service} is in the code, and no line of the catalog lists it`,
      fix: `add { match: ${quote(matchOf(pattern))}, team: … } to the routes of ${service}`,
    }))
}

/** A route of the code as the catalog would write it. */
const matchOf = (pattern: CodeRoute['pattern']): string =>
  pattern.method === '*' ? pathOf(pattern) : pattern.text

type CheckRoute = (
  route: Route,
  served: readonly CodeRoute[],
  service: string,
  context: LintContext,
) => Problem[]

/** Checks the lines of services whose routes in code are all known. */
function eachRoute(context: LintContext, check: CheckRoute): Problem[] {
  return [...context.catalog.services].flatMap(([name, { routes }]) => {
    if (!context.code.complete.has(name)) return []
    const served = context.code.routes.filter(({ service }) => service === name)
    return routes.flatMap(route => check(route, served, name, context))
  })
}

const staleRoute: CheckRoute = ({ match, line }, served, service, { catalog }) => {
  if (served.some(({ pattern }) => covers(match, pattern))) return []
  const known = served.map(({ pattern }) => matchOf(pattern))
  return [
    {
      at: linePlace(catalog, line),
      message: `route ${quote(match.text)} of ${service} is in the catalog, and nothing in the code serves it`,
      fix: replacementFor(match.text, known, 'remove the line'),
    },
  ]
}

const shadowedRoute: CheckRoute = (route, served, service, { catalog, ownership }) => {
  const deciders = served
    .filter(({ pattern }) => covers(route.match, pattern))
    .flatMap(
      ({ pattern }) =>
        ownership.resolver.route(service, pattern.method, pathOf(pattern)).decidedBy ?? [],
    )
  if (deciders.length === 0 || deciders.some(decider => isBy(decider, route))) return []
  const lines = [...new Set(deciders.map(({ line }) => line))].join(', ')
  return [
    {
      at: linePlace(catalog, route.line),
      message: `route ${quote(route.match.text)} of ${service} decides nothing: all that it matches is decided by line ${lines}`,
      fix: 'remove the line, or those that are more specific',
    },
  ]
}

const isBy = (decider: DecidedBy, { line, match }: Route): boolean =>
  decider.line === line && decider.rule === match.text

function staleAcceptances(context: LintContext): Problem[] {
  const served = new Map(context.code.routes.map(route => [nameOf(route), route]))
  return context.accepted.routes.flatMap(({ at, route }) => {
    const found = served.get(route)
    const isKnown = context.code.complete.has(route.split(' ', 1)[0] ?? '')
    if (found === undefined ? !isKnown : !isListed(found, context)) return []
    const reason = found === undefined ? 'is no longer in the code' : 'has an owner by now'
    const fix = 'remove this line: the list may only get shorter'
    return [{ at, message: `${quote(route)} ${reason}`, fix }]
  })
}

function staleExceptions({ catalog, code }: LintContext): Problem[] {
  return catalog.exceptions.flatMap(({ rule, target, line }) => {
    const excused = rule === 'route-unowned' ? parseTarget(target) : undefined
    if (excused === undefined || !code.complete.has(excused.service)) return []
    const matches = ({ service, pattern }: CodeRoute): boolean =>
      service === excused.service && covers(excused.pattern, pattern)
    if (code.routes.some(matches)) return []
    const message = `exception from route-unowned for ${quote(target)} matches no route in the code`
    return [{ at: linePlace(catalog, line), message, fix: 'remove the exception' }]
  })
}
