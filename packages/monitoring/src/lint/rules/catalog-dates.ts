import type { Duration, Problem } from '@throughline/catalog'
import { GUARDS } from '../../thresholds.ts'
import { daysBetween, laterBy } from '../days.ts'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { pathOf } from '../route-listing.ts'
import { quote } from '../wording.ts'
import { linePlace } from './catalog-place.ts'

/** Share of its period after which a review is announced. */
const DUE_SOON = 0.75
/** Days before its end in which an exception is announced. */
const EXPIRES_SOON_DAYS = 14

const MS_PER_DAY = 86_400_000

/** Rules on what the calendar says. */
export const CATALOG_DATE_RULES: readonly LintRule<LintContext>[] = [
  {
    id: 'review-missing',
    level: 'warning',
    find: context =>
      reviewed(context)
        .filter(({ reviewedAt }) => reviewedAt === undefined)
        .map(({ at, what }) => ({
          at,
          message: `${what} has no reviewedAt: nobody has confirmed what it says`,
          fix: `add reviewedAt: ${context.today} once its team has read it`,
        })),
  },
  {
    id: 'review-due-soon',
    level: 'warning',
    find: context =>
      dated(context)
        .filter(({ age, days }) => age >= days * DUE_SOON && age <= days)
        .map(review => ({
          ...overdue(review, context),
          message: `${review.what} was reviewed on ${review.reviewedAt} and is due on ${laterBy(review.reviewedAt, review.days)}`,
        })),
  },
  {
    id: 'review-overdue',
    level: 'error',
    find: context =>
      dated(context)
        .filter(({ age, days }) => age > days)
        .filter(({ target }) => !isExcepted(target, context))
        .map(review => overdue(review, context)),
  },
  {
    id: 'exception-expires-soon',
    level: 'warning',
    find: ({ catalog, today }) =>
      catalog.exceptions
        .filter(({ until }) => until >= today && daysBetween(today, until) <= EXPIRES_SOON_DAYS)
        .map(({ rule, target, until, line, by }) => ({
          at: linePlace(catalog, line),
          message: `exception from ${rule} for ${quote(target)} ends on ${until}`,
          fix: `mend what it excuses, or let team ${by} write a later day`,
        })),
  },
  { id: 'sunset-passed', level: 'error', find: passedSunsets },
]

interface Review {
  readonly at: string
  /** Id of a team or name of a service: what an exception names. */
  readonly target: string
  readonly what: string
  readonly reviewedAt: string | undefined
  readonly days: number
}

/** What has to be reviewed, and how often. */
function reviewed({ catalog }: LintContext): Review[] {
  const daysOf = (period: Duration | undefined): number =>
    period === undefined ? GUARDS.teamReviewDays : period.ms / MS_PER_DAY
  return [
    ...[...catalog.teams].map(([id, { line, reviewedAt }]) => ({
      at: linePlace(catalog, line),
      target: id,
      what: `team ${quote(id)}`,
      reviewedAt,
      days: GUARDS.teamReviewDays,
    })),
    ...[...catalog.services]
      .filter(([, { kind }]) => kind !== 'external')
      .map(([name, { line, reviewedAt, reviewEvery }]) => ({
        at: linePlace(catalog, line),
        target: name,
        what: `service ${quote(name)}`,
        reviewedAt,
        days: daysOf(reviewEvery),
      })),
  ]
}

type DatedReview = Review & { readonly reviewedAt: string; readonly age: number }

const dated = (context: LintContext): DatedReview[] =>
  reviewed(context).flatMap(review => {
    const { reviewedAt } = review
    if (reviewedAt === undefined) return []
    return [{ ...review, reviewedAt, age: daysBetween(reviewedAt, context.today) }]
  })

const overdue = (
  { at, what, reviewedAt, age, days, target }: DatedReview,
  { today, catalog }: LintContext,
): Problem => ({
  at,
  message: `${what} was reviewed on ${reviewedAt}, ${age} days ago, and must be every ${days} days`,
  fix: catalog.teams.has(target)
    ? `run throughline owners confirm ${target} when its team has read what it owns`
    : `read its lines with its teams, and write reviewedAt: ${today}`,
})

const isExcepted = (name: string, { catalog, today }: LintContext): boolean =>
  catalog.exceptions.some(
    ({ rule, target, until }) => rule === 'review-overdue' && target === name && until >= today,
  )

function passedSunsets({ catalog, today, code, ownership: { resolver } }: LintContext): Problem[] {
  return [...catalog.services].flatMap(([name, { routes }]) =>
    routes.flatMap(({ match, sunset, line }) => {
      if (sunset === undefined || sunset >= today) return []
      const served = code.routes.find(({ service, pattern }) => {
        const { decidedBy } = resolver.route(service, pattern.method, pathOf(pattern))
        return service === name && decidedBy?.line === line && decidedBy.rule === match.text
      })
      if (served === undefined) return []
      const message = `route ${quote(match.text)} of ${name} was to be gone on ${sunset}, and ${served.at} still serves it`
      return [
        {
          at: linePlace(catalog, line),
          message,
          fix: 'remove it from the code and the catalog, or write a later sunset',
        },
      ]
    }),
  )
}
