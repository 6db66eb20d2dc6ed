import { code, escapeMarkdown } from '../../markdown.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createText, renderTable } from '../panels/plain-panels.ts'

/** What is allowed for a time, the next to end first. */
export const exceptionsPanel = (scope: DashboardScope): Panel =>
  createText(scope, {
    title: 'Exceptions in the catalog',
    says: 'Rules that are silenced for one thing, and until when. On the day after, the lint fails: mend it before, or decide anew.',
    width: 24,
    height: 6,
    markdown: renderTable(
      ['Until', 'Rule', 'For', 'Because', 'Team'],
      scope.ownership.catalog.exceptions
        .toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0))
        .map(({ until, rule, target, reason, by }) => [
          until,
          code(rule),
          code(target),
          escapeMarkdown(reason),
          escapeMarkdown(by),
        ]),
    ),
  })
