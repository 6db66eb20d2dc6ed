import { METRIC_THROUGHLINE_OWNERSHIP_REVIEWED } from '@throughline/conventions'
import { GUARDS } from '../../thresholds.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel, Step } from '../panels/panel.ts'
import { createStat } from '../panels/stat.ts'
import { createTable } from '../panels/table.ts'

const REVIEWED = METRIC_THROUGHLINE_OWNERSHIP_REVIEWED.name
const DUE_DAYS = GUARDS.teamReviewDays
const daysSince = (timestamp: string): string => `(time() - ${timestamp}) / 86400`

/** Orange in the last quarter of the time, red when it is over. */
const AGE_STEPS: readonly Step[] = [
  { value: null, color: 'green' },
  { value: DUE_DAYS * 0.75, color: 'orange' },
  { value: DUE_DAYS, color: 'red' },
]

/** When teams last reviewed what they own. */
export const reviewPanels = (scope: DashboardScope): Panel[] => [
  createStat(scope, {
    title: 'Overdue reviews',
    says: `Teams that have not reviewed what they own for ${DUE_DAYS} days. An owner that has moved on is found when something breaks.`,
    unit: 'short',
    width: 6,
    height: 8,
    alerts: ['OwnershipReviewOverdue', 'ServiceReviewOverdue'],
    steps: [
      { value: null, color: 'green' },
      { value: 1, color: 'red' },
    ],
    noValue: 'No team has a date of review',
    query: {
      expr: `sum(${daysSince(`max by (team) (${REVIEWED})`)} > bool ${DUE_DAYS})`,
      legend: 'overdue',
    },
  }),
  createTable(scope, {
    title: 'Last reviews',
    says: `Days since each team last reviewed what it owns; due after ${DUE_DAYS}. After a review, write the day to reviewedAt of the team in ownership.yaml.`,
    width: 18,
    alerts: ['OwnershipReviewOverdue'],
    noValue: 'No team has a date of review',
    labels: [{ label: 'team', title: 'Team' }],
    values: [
      {
        title: 'Days ago',
        expr: daysSince(`max by (team) (${REVIEWED})`),
        unit: 'd',
        steps: AGE_STEPS,
      },
    ],
    sortBy: 'Days ago',
  }),
]

/** When this team's review is due. */
export const dueReview = (scope: DashboardScope, width: number): Panel =>
  createStat(scope, {
    title: 'Review due in',
    says: `Days until this team has to review what it owns again, ${DUE_DAYS} after the last time. Below 0 it is overdue.`,
    unit: 'd',
    width,
    alerts: ['OwnershipReviewOverdue'],
    steps: [
      { value: null, color: 'red' },
      { value: 0, color: 'orange' },
      { value: DUE_DAYS / 4, color: 'green' },
    ],
    noValue: 'No date of review',
    query: {
      expr: `${DUE_DAYS} - ${daysSince(`max(${REVIEWED}{team="${scope.team}"})`)}`,
      legend: 'days',
    },
  })
