import type { Objective } from '@throughline/catalog'
import type { OwnershipReport, Review } from './ownership-report.ts'

/** `1 route`, `2 routes`. */
export const counted = (amount: number, noun: string): string =>
  `${amount} ${noun}${amount === 1 ? '' : 's'}`

/** The whole in one line: `41 of 43 routes have a team; 2 are unowned by design; 1 review is overdue (data, 12 days)`. */
export function summarizeReport({
  coverage,
  reviews,
  exceptions,
}: Pick<OwnershipReport, 'coverage' | 'reviews' | 'exceptions'>): string {
  const { routes, owned, unownedByDesign, unlisted } = coverage
  const overdue = reviews.filter(({ state }) => state === 'overdue')
  const never = reviews.filter(({ state }) => state === 'never')
  const ending = exceptions.filter(({ soon }) => soon)
  const parts = [
    `${owned} of ${counted(routes, 'route')} ${owned === 1 ? 'has' : 'have'} a team`,
    ...(unownedByDesign === 0
      ? []
      : [`${unownedByDesign} ${areOrIs(unownedByDesign)} unowned by design`]),
    ...(unlisted === undefined || unlisted === 0
      ? []
      : [`${unlisted} ${areOrIs(unlisted)} in the code and not in the catalog`]),
    overdue.length === 0
      ? 'no review is overdue'
      : `${counted(overdue.length, 'review')} ${areOrIs(overdue.length)} overdue (${few(overdue.map(nameOverdue))})`,
    ...(never.length === 0
      ? []
      : [
          `${counted(never.length, 'review')} ${never.length === 1 ? 'was' : 'were'} never done (${few(never.map(({ name }) => name))})`,
        ]),
    ...(ending.length === 0
      ? []
      : [
          `${counted(ending.length, 'exception')} ${ending.length === 1 ? 'ends' : 'end'} within 30 days`,
        ]),
  ]
  return `${parts.join('; ')}.`
}

const areOrIs = (amount: number): string => (amount === 1 ? 'is' : 'are')

const nameOverdue = ({ name, daysLeft = 0 }: Review): string =>
  `${name}, ${counted(-daysLeft, 'day')}`

function few(names: readonly string[]): string {
  const more = names.length - 3
  return more > 0 ? `${names.slice(0, 3).join('; ')}; and ${more} more` : names.join('; ')
}

/** What a review's state is in words, with its day. */
export function wordReview({ state, daysLeft = 0, dueOn = '' }: Review): string {
  switch (state) {
    case 'never':
      return 'never done'
    case 'overdue':
      return `overdue for ${counted(-daysLeft, 'day')}`
    case 'soon':
      return daysLeft === 0 ? 'due today' : `due in ${counted(daysLeft, 'day')}, on ${dueOn}`
    case 'excepted':
      return 'may wait, by an exception'
    case 'fine':
      return `due on ${dueOn}`
  }
}

/** Names of roles as people say them. */
export const ROLE_WORDS = {
  productionFix: 'fixes it in production',
  schemaApproval: 'approves schema changes',
  authReview: 'reviews auth changes',
  performance: 'watches performance',
  productNotice: 'tells product',
  telemetry: 'keeps telemetry right',
  data: 'answers for data',
  incidentComms: 'speaks in incidents',
} as const

/** What a route promises: `99.9 %, p95 500ms`. */
export function wordObjective({
  availability,
  latency,
}: Pick<Objective, 'availability' | 'latency'>): string {
  const percentiles = (['p50', 'p95', 'p99'] as const).flatMap(percentile => {
    const limit = latency?.[percentile]
    return limit === undefined ? [] : [`${percentile} ${limit.text}`]
  })
  return [...(availability === undefined ? [] : [`${availability} %`]), ...percentiles].join(', ')
}
