import { ROLES } from '@throughline/catalog'
import { ALERTS } from '../alerts/alert-list.ts'
import type { TeamRules } from '../alerts/team-rules.ts'
import { daysBetween } from '../lint/days.ts'
import type { CodeRoute } from '../lint/routes-in-code/code-route.ts'
import type { Ownership } from '../ownership.ts'
import { alertDetail, createDestinations, reachOf } from './alert-destination.ts'
import type {
  Coverage,
  OwnershipReport,
  ReportedAlert,
  ReportedException,
  ReportedRoute,
  ReportedService,
  ReportedTeam,
  UnlistedRoute,
} from './ownership-report.ts'
import { summarizeReport, wordObjective } from './report-wording.ts'
import { listReviews } from './reviews-due.ts'

/** Options of {@link createReport}. */
export interface ReportOptions {
  /** Day against which dates are held, as `2026-11-24`. */
  readonly today: string
  /** Routes that the code serves; without them, nothing is said of routes that no line lists. */
  readonly routesInCode?: readonly CodeRoute[]
}

/** Days before its end from which an exception is about to expire. */
const EXPIRES_SOON = 30

/** Who owns what, and what needs a decision. */
export function createReport(
  ownership: Ownership,
  rules: readonly TeamRules[],
  { today, routesInCode }: ReportOptions,
): OwnershipReport {
  const { catalog } = ownership
  const routes = listRoutes(ownership)
  const unlisted = routesInCode && listUnlisted(ownership, routesInCode)
  const unownedByDesign = routes.filter(({ unowned }) => unowned !== undefined).length
  const coverage: Coverage = {
    routes: routes.length + (unlisted?.length ?? 0),
    owned: routes.length - unownedByDesign,
    unownedByDesign,
    unlisted: unlisted?.length,
  }
  const reviews = listReviews(ownership, today)
  const exceptions = listExceptions(ownership, today)
  const alerts = listAlerts(ownership, rules)
  return {
    schema: 1,
    catalog: catalog.file,
    on: today,
    sentence: summarizeReport({ coverage, reviews, exceptions }),
    coverage,
    reviews,
    exceptions,
    services: listServices(ownership),
    teams: listTeams(ownership, routes, alerts),
    routes,
    unlisted,
    alerts,
  }
}

function listRoutes({ catalog, resolver }: Ownership): readonly ReportedRoute[] {
  return [...catalog.services].flatMap(([service, { routes }]) =>
    routes.map((route): ReportedRoute => {
      const { match, unowned, audience, work = 'request', lifecycle, objective, line } = route
      const path = match.text.slice(match.text.indexOf('/'))
      return {
        service,
        match: match.text,
        team: route.team ?? resolver.route(service, match.method, path).team ?? '',
        unowned,
        audience,
        work,
        lifecycle,
        objective: objective && wordObjective(objective),
        decidedBy: `${catalog.file}:${line}`,
      }
    }),
  )
}

function listUnlisted(
  { resolver }: Ownership,
  code: readonly CodeRoute[],
): readonly UnlistedRoute[] {
  return code.flatMap(({ service, pattern: { method, text }, at }) => {
    const path = text.slice(text.indexOf('/'))
    const { unowned, team = '' } = resolver.route(service, method, path)
    return unowned === 'unlisted' ? [{ service, method, path, at, team }] : []
  })
}

function listExceptions({ catalog }: Ownership, today: string): readonly ReportedException[] {
  return catalog.exceptions
    .map(({ rule, target, until, reason, by }) => {
      const daysLeft = daysBetween(today, until)
      return { rule, target, until, daysLeft, reason, by, soon: daysLeft <= EXPIRES_SOON }
    })
    .toSorted((a, b) => a.daysLeft - b.daysLeft)
}

function listServices({ catalog, resolver }: Ownership): readonly ReportedService[] {
  return [...catalog.services].map(([name, { kind, criticality, roles }]) => ({
    name,
    kind,
    criticality,
    roles: ROLES.map(role => {
      const { team = '', decidedBy } = resolver.role(name, role)
      const at = `${catalog.file}:${decidedBy?.line ?? 1}`
      return { role, team, decidedBy: at, byDefault: roles?.[role] === undefined }
    }),
  }))
}

function listTeams(
  ownership: Ownership,
  routes: readonly ReportedRoute[],
  alerts: readonly ReportedAlert[],
): readonly ReportedTeam[] {
  const { catalog, resolver } = ownership
  return [...catalog.teams].map(([id, { name, lead, github, channels, reviewedAt }]) => ({
    id,
    name,
    lead,
    github,
    people: channels?.people,
    page: reachOf(ownership, id, 'page'),
    ticket: reachOf(ownership, id, 'ticket'),
    notice: reachOf(ownership, id, 'notice'),
    reviewedAt,
    services: [...catalog.services.keys()].filter(
      service => resolver.role(service, 'productionFix').team === id,
    ),
    routes: routes.filter(({ team, unowned }) => team === id && unowned === undefined).length,
    alerts: alerts.filter(({ team }) => team === id).length,
  }))
}

const URGENCY = ['page', 'ticket', 'notice', 'none']

/** The most urgent first, and otherwise as the rules stand. */
function listAlerts(ownership: Ownership, rules: readonly TeamRules[]): readonly ReportedAlert[] {
  const destinationOf = createDestinations(ownership)
  const urgency = ({ severity }: ReportedAlert): number => URGENCY.indexOf(severity)
  const all = rules.flatMap(({ alerts }) =>
    alerts.flatMap(group =>
      group.rules.map((rule): ReportedAlert => {
        const { alert, labels, annotations } = rule
        return {
          team: labels.team,
          alert,
          title: ALERTS[alert].title,
          detail: alertDetail(rule),
          service: labels.service,
          role: labels.role,
          severity: labels.severity,
          ...destinationOf(rule),
          runbook: annotations.runbook_url,
          dashboard: annotations.dashboard_url,
          decidedBy: annotations.decided_by,
        }
      }),
    ),
  )
  return all.toSorted((a, b) => urgency(a) - urgency(b))
}
