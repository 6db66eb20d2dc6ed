import { daysBetween, laterBy } from '../lint/days.ts'
import type { Ownership } from '../ownership.ts'
import { GUARDS } from '../thresholds.ts'
import type { Review } from './ownership-report.ts'

/** Share of the time after which a review should be planned. */
const SOON = 0.75

/** Every review that teams owe, the most urgent first: of themselves, and of services that say how often. */
export function listReviews({ catalog, resolver }: Ownership, today: string): readonly Review[] {
  const excepted = new Set(
    catalog.exceptions.flatMap(({ rule, target, until }) =>
      rule === 'review-overdue' && until >= today ? [target] : [],
    ),
  )
  const reviews = [
    ...[...catalog.teams].map(([name, { reviewedAt }]) =>
      review({ of: 'team', name, team: name, reviewedAt, everyDays: GUARDS.teamReviewDays }, today),
    ),
    ...[...catalog.services].flatMap(([name, { reviewedAt, reviewEvery }]) => {
      if (reviewEvery === undefined) return []
      const { team = '' } = resolver.role(name, 'productionFix')
      const everyDays = reviewEvery.ms / 86_400_000
      return [review({ of: 'service', name, team, reviewedAt, everyDays }, today)]
    }),
  ]
  const urgency = ({ daysLeft = -Infinity }: Review): number => daysLeft
  return reviews
    .map((found): Review => (excepted.has(found.name) ? { ...found, state: 'excepted' } : found))
    .toSorted((a, b) => urgency(a) - urgency(b) || (a.name < b.name ? -1 : 1))
}

type Owed = Pick<Review, 'of' | 'name' | 'team' | 'reviewedAt' | 'everyDays'>

function review(owed: Owed, today: string): Review {
  const { reviewedAt, everyDays } = owed
  if (reviewedAt === undefined)
    return { ...owed, dueOn: undefined, daysLeft: undefined, state: 'never' }
  const dueOn = laterBy(reviewedAt, everyDays)
  const daysLeft = daysBetween(today, dueOn)
  const isSoon = daysBetween(reviewedAt, today) >= SOON * everyDays
  return { ...owed, dueOn, daysLeft, state: daysLeft < 0 ? 'overdue' : isSoon ? 'soon' : 'fine' }
}
