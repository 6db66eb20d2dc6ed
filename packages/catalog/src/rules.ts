import {
  type CatalogDraft,
  pathOf,
  reportRepeated,
  reportUnknownService,
  servicesOf,
  tableOf,
} from './catalog-draft.ts'
import { type CheckContext, nodeOf, placeOf } from './draft.ts'
import { applyExceptions, type Breach, type Today } from './exception-rules.ts'
import { nearest } from './nearest.ts'
import { patternKey } from './route-pattern.ts'
import type { ExceptionRule } from './vocabulary.ts'
import { quote } from './wording.ts'

type Rule = (draft: CatalogDraft, context: CheckContext) => void
type SilenceableRule = (draft: CatalogDraft, context: CheckContext) => readonly Breach[]

/** Reports what is wrong between parts of a catalog that are each valid. Without `today`, no date is held against it. */
export function checkRules(
  draft: CatalogDraft,
  context: CheckContext,
  today: Today | undefined,
): void {
  for (const rule of RULES) rule(draft, context)
  if (today !== undefined) datesHaveCome(draft, context, today)
  const breaches = SILENCEABLE.flatMap(rule => rule(draft, context))
  applyExceptions(draft, breaches, context, today)
}

const teamsAreDefined: Rule = ({ teams }, context) => {
  if (teams === undefined || teams.size === 0) return
  for (const { team, node } of context.references) {
    if (teams.has(team)) continue
    const near = nearest(team, teams.keys())
    const known = [...teams.keys()].slice(0, 10).join(', ')
    const fix =
      near === undefined ? `write one of: ${known}; or define it under teams` : `write ${near}`
    context.report(node.start, `team ${quote(team)} is not defined`, fix)
  }
}

const routesAreDistinct: Rule = (draft, context) => {
  for (const [name, { routes = [] }] of servicesOf(draft)) {
    reportRepeated(
      routes,
      context,
      'match',
      route => route.match && patternKey(route.match),
      (route, first) =>
        route.match?.text === first.match?.text
          ? `route ${quote(route.match?.text ?? '')} of ${name} stands on line ${first.line} already`
          : `route ${quote(route.match?.text ?? '')} of ${name} matches the same requests as ${quote(first.match?.text ?? '')} on line ${first.line}`,
    )
  }
}

const queuesAreDistinct: Rule = (draft, context) => {
  for (const [name, { queues = [] }] of servicesOf(draft)) {
    reportRepeated(
      queues,
      context,
      'name',
      queue => queue.name,
      (queue, first) =>
        `queue ${quote(queue.name ?? '')} of ${name} stands on line ${first.line} already`,
    )
  }
}

const dependenciesAreDistinct: Rule = (draft, context) => {
  for (const [name, { dependencies = [] }] of servicesOf(draft)) {
    for (const key of ['host', 'db'] as const) {
      reportRepeated(
        dependencies,
        context,
        key,
        dependency => dependency[key],
        (dependency, first) =>
          `dependency ${quote(dependency[key] ?? '')} of ${name} stands on line ${first.line} already`,
      )
    }
  }
}

const decisionsAreDistinct: Rule = ({ decisions = [] }, context) => {
  reportRepeated(
    decisions,
    context,
    'id',
    decision => decision.id,
    (decision, first) =>
      `decision ${quote(decision.id ?? '')} stands on line ${first.line} already`,
  )
}

const sunsetsAreOfDeprecatedRoutes: Rule = (draft, context) => {
  for (const [, { routes = [] }] of servicesOf(draft)) {
    for (const route of routes) {
      if (route.sunset === undefined || route.lifecycle === 'deprecated') continue
      // A lifecycle that is not valid is reported already.
      if (route.lifecycle === undefined && nodeOf(context, route, 'lifecycle') !== undefined)
        continue
      const message = `route ${quote(route.match?.text ?? '')} has a sunset, and is not deprecated`
      context.report(
        placeOf(context, route, 'sunset'),
        message,
        'write lifecycle: deprecated beside it, or remove the sunset',
      )
    }
  }
}

const RULES: readonly Rule[] = [
  teamsAreDefined,
  routesAreDistinct,
  queuesAreDistinct,
  dependenciesAreDistinct,
  decisionsAreDistinct,
  sunsetsAreOfDeprecatedRoutes,
]

const hostsHaveOneService: SilenceableRule = (draft, context) => {
  const owners = new Map<string, { name: string; line: number }>()
  const breaches: Breach[] = []
  for (const [name, service] of servicesOf(draft)) {
    const list = nodeOf(context, service, 'hosts')
    for (const item of list?.kind === 'list' ? list.items : []) {
      const host = item.kind === 'scalar' ? String(item.value).toLowerCase() : ''
      if (service.hosts?.includes(host) !== true) continue
      const owner = owners.get(host)
      if (owner === undefined) owners.set(host, { name, line: context.source.line(item.start) })
      else if (owner.name === name) {
        context.report(
          item.start,
          `host ${quote(host)} of ${name} stands on line ${owner.line} already`,
          'remove one of the two',
        )
      } else {
        const message = `host ${quote(host)} of ${name} belongs to ${owner.name} already (line ${owner.line})`
        breaches.push({
          rule: 'host-shared',
          target: host,
          offset: item.start,
          message,
          fix: removeOrExcept('host-shared', host),
        })
      }
    }
  }
  return breaches
}

const queuesHaveOneTeam: SilenceableRule = (draft, context) => {
  const owners = new Map<string, { service: string; team: string | undefined; line: number }>()
  const breaches: Breach[] = []
  for (const [service, { queues = [] }] of servicesOf(draft)) {
    for (const queue of queues) {
      const { name: target, team, line } = queue
      if (target === undefined) continue
      const owner = owners.get(target)
      if (owner === undefined) owners.set(target, { service, team, line })
      else if (owner.service !== service && owner.team !== team) {
        const message = `queue ${quote(target)} of ${service} belongs to team ${quote(owner.team ?? '')} in ${owner.service} already (line ${owner.line})`
        const fix = `name the same team in both, or ${exceptionFor('queue-shared', target)}`
        breaches.push({
          rule: 'queue-shared',
          target,
          offset: placeOf(context, queue, 'team'),
          message,
          fix,
        })
      }
    }
  }
  return breaches
}

const decisionRoutesAreListed: SilenceableRule = (draft, context) =>
  (draft.decisions ?? []).flatMap(decision =>
    (decision.revisitWhen ?? []).flatMap(trigger => {
      const { route } = trigger
      if (route === undefined || decision.id === undefined) return []
      const offset = placeOf(context, trigger, 'route')
      const service = draft.services?.get(route.service)
      if (service === undefined) {
        reportUnknownService(route.service, offset, draft, context)
        return []
      }
      if (tableOf(service).find(route.pattern.method, pathOf(route.pattern.text)) !== undefined)
        return []
      return [
        {
          rule: 'decision-route-unlisted' as const,
          target: decision.id,
          offset,
          message: `no route of ${route.service} matches ${quote(route.pattern.text)}`,
          fix: `add { match: ${quote(route.pattern.text)}, team: … } to the routes of ${route.service}, or ${exceptionFor('decision-route-unlisted', decision.id)}`,
        },
      ]
    }),
  )

const SILENCEABLE: readonly SilenceableRule[] = [
  hostsHaveOneService,
  queuesHaveOneTeam,
  decisionRoutesAreListed,
]

function datesHaveCome(draft: CatalogDraft, context: CheckContext, { tomorrow }: Today): void {
  const check = (object: object, key: string, date: string | undefined): void => {
    // Tomorrow is let pass: it may be that already where the author lives.
    if (date === undefined || date <= tomorrow) return
    context.report(
      placeOf(context, object, key),
      `"${key}" is ${date}, a day that has not come`,
      'write the day on which it was done',
    )
  }
  for (const team of draft.teams?.values() ?? [])
    if (team !== undefined) check(team, 'reviewedAt', team.reviewedAt)
  for (const [, service] of servicesOf(draft)) check(service, 'reviewedAt', service.reviewedAt)
  for (const decision of draft.decisions ?? []) check(decision, 'on', decision.on)
}

const exceptionFor = (rule: ExceptionRule, target: string): string =>
  `except it: { rule: ${rule}, target: ${quote(target)}, … }`

const removeOrExcept = (rule: ExceptionRule, target: string): string =>
  `remove it from one of the two, or ${exceptionFor(rule, target)}`
