import type { Exception } from './catalog.ts'
import {
  type CatalogDraft,
  exceptionsOf,
  pathOf,
  reportRepeated,
  reportUnknownService,
  tableOf,
} from './catalog-draft.ts'
import { type CheckContext, type Draft, placeOf } from './draft.ts'
import { endpoint, parseEndpoint } from './formats.ts'
import { nearest } from './nearest.ts'
import type { ExceptionRule } from './vocabulary.ts'
import { quote } from './wording.ts'

/** Days against which dates are held. */
export interface Today {
  readonly today: string
  readonly tomorrow: string
}

/** A breach of a rule that an exception may silence. */
export interface Breach {
  readonly rule: ExceptionRule
  readonly target: string
  readonly offset: number
  readonly message: string
  readonly fix: string
}

/** Reports the breaches that no exception silences, and what is wrong with the exceptions themselves. */
export function applyExceptions(
  draft: CatalogDraft,
  breaches: readonly Breach[],
  context: CheckContext,
  today: Today | undefined,
): void {
  exceptionsAreDistinct(draft, context)
  exceptionsHaveTargets(draft, context, breaches)
  if (today !== undefined) exceptionsHold(draft, context, today)

  const isSilenced = (breach: Breach): boolean =>
    exceptionsOf(draft).some(
      ({ rule, target, until = '' }) =>
        rule === breach.rule &&
        target === breach.target &&
        (today === undefined || until >= today.today),
    )
  for (const breach of breaches) {
    if (!isSilenced(breach)) context.report(breach.offset, breach.message, breach.fix)
  }
}

function exceptionsAreDistinct(draft: CatalogDraft, context: CheckContext): void {
  const keyOf = ({ rule, target }: Draft<Exception>): string | undefined =>
    rule && target && `${rule} ${target}`
  reportRepeated(
    exceptionsOf(draft),
    context,
    'target',
    keyOf,
    ({ rule, target }, first) =>
      `exception from ${rule} for ${quote(target ?? '')} stands on line ${first.line} already`,
  )
}

function exceptionsHold(draft: CatalogDraft, context: CheckContext, { today }: Today): void {
  for (const exception of exceptionsOf(draft)) {
    const { rule, target, until } = exception
    if (until === undefined || until >= today) continue
    const message = `exception from ${rule} for ${quote(target ?? '')} expired on ${until}`
    context.report(
      placeOf(context, exception, 'until'),
      message,
      'remove it, or write a later day if its reason still holds',
    )
  }
}

function exceptionsHaveTargets(
  draft: CatalogDraft,
  context: CheckContext,
  breaches: readonly Breach[],
): void {
  for (const exception of exceptionsOf(draft)) {
    const { rule, target } = exception
    if (rule === undefined || target === undefined) continue
    const offset = placeOf(context, exception, 'target')
    if (rule === 'route-unowned') checkUnownedTarget(target, offset, draft, context)
    else if (rule === 'review-overdue') checkReviewTarget(target, offset, draft, context)
    else {
      const targets = breaches.filter(breach => breach.rule === rule).map(breach => breach.target)
      if (targets.includes(target)) continue
      const near = nearest(target, targets)
      const fix =
        near === undefined
          ? 'remove the exception: nothing breaks its rule'
          : `write ${quote(near)}`
      context.report(offset, `exception from ${rule} matches nothing: ${quote(target)}`, fix)
    }
  }
}

function checkUnownedTarget(
  target: string,
  offset: number,
  draft: CatalogDraft,
  context: CheckContext,
): void {
  const route = parseEndpoint(target)
  if (route === undefined) {
    const fix = `write it as in ${quote(endpoint.mend?.(target) ?? 'web /legacy/**')}`
    context.report(offset, `target ${quote(target)} is not ${endpoint.noun}`, fix)
    return
  }
  const service = draft.services?.get(route.service)
  if (service === undefined) {
    reportUnknownService(route.service, offset, draft, context)
    return
  }
  const listed = tableOf(service).find(route.pattern.method, pathOf(route.pattern.text))
  if (listed === undefined) return
  const message = `exception from route-unowned matches nothing: line ${listed.line} lists ${quote(target)}`
  context.report(offset, message, 'remove the exception')
}

function checkReviewTarget(
  target: string,
  offset: number,
  { teams, services }: CatalogDraft,
  context: CheckContext,
): void {
  const known = [...(teams?.keys() ?? []), ...(services?.keys() ?? [])]
  if (known.includes(target)) return
  const near = nearest(target, known)
  const fix =
    near === undefined
      ? 'write the id of a team or of a service, or remove the exception'
      : `write ${near}`
  context.report(offset, `exception from review-overdue matches nothing: ${quote(target)}`, fix)
}
