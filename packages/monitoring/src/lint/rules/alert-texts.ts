import type { Problem } from '@throughline/catalog'
import type { LintRule } from '../finding.ts'
import { findLinks } from '../links-in-text.ts'
import type { LintContext } from '../lint-context.ts'
import { textOf } from '../located-yaml.ts'
import { labelsOfResult } from '../promql-labels.ts'
import { createRecordedLabels } from '../recorded-labels.ts'
import type { AlertEntry } from '../rule-files.ts'
import { quote } from '../wording.ts'
import { brokenDashboardLinks, brokenRunbookLinks, onceATarget } from './links.ts'

/** Annotations without which an alert tells nobody what to do. */
const ANNOTATIONS: Readonly<Record<string, string>> = {
  summary: 'one sentence that says what is wrong, and where',
  description: 'what it means, and the limit',
  runbook_url: 'the address of its page of the runbooks',
}

/** Rules on what an alert says to whoever gets it. */
export const ALERT_TEXT_RULES: readonly LintRule<LintContext>[] = [
  {
    id: 'alert-annotation-missing',
    level: 'error',
    find: ({ alerts }) =>
      alerts.flatMap(({ at, name, annotations }) =>
        Object.entries(ANNOTATIONS)
          .filter(([key]) => (textOf(annotations.get(key)) ?? '').trim() === '')
          .map(([key, meaning]) => ({
            at,
            message: `alert ${name} has no annotation ${quote(key)}`,
            fix: `add ${key}: and ${meaning}`,
          })),
      ),
  },
  {
    id: 'alert-label-lost',
    level: 'error',
    find: context => {
      const recorded = createRecordedLabels(context.recordings)
      return context.alerts.flatMap(alert => lostLabels(alert, recorded))
    },
  },
  {
    id: 'runbook-missing',
    level: 'error',
    find: context => linksOf(context, brokenRunbookLinks),
  },
  {
    id: 'alert-dashboard-missing',
    level: 'error',
    find: context => linksOf(context, brokenDashboardLinks),
  },
]

/** Labels that texts use, and that the query does not keep: they would read as nothing. */
function lostLabels(
  { name, query, queryAt, labels, annotations }: AlertEntry,
  recorded: ReturnType<typeof createRecordedLabels>,
): Problem[] {
  if (query.root === undefined) return []
  const kept = labelsOfResult(query, recorded)
  return [...annotations, ...labels].flatMap(([key, node]) =>
    [...new Set(labelsUsedIn(textOf(node) ?? ''))]
      .filter(label => !kept.has(label))
      .map(label => ({
        at: node.at,
        message: `${quote(key)} of alert ${name} uses $labels.${label}, which its query does not keep`,
        fix: `keep it in the query, as in sum by (${label}) (…), or do not use it here (query at ${queryAt})`,
      })),
  )
}

const LABEL_USED = /(?:\$labels|\.Labels)\.(\w+)|index\s+(?:\$labels|\.Labels)\s+"([^"]+)"/g

const labelsUsedIn = (text: string): string[] =>
  [...text.matchAll(LABEL_USED)].flatMap(([, plain, indexed]) => plain ?? indexed ?? [])

function linksOf(
  context: LintContext,
  check: typeof brokenRunbookLinks | typeof brokenDashboardLinks,
): Problem[] {
  return onceATarget(
    context.alerts.flatMap(({ name, annotations }) =>
      [...annotations].flatMap(([key, node]) =>
        check(
          findLinks(textOf(node) ?? '', context),
          { at: node.at, name: `${quote(key)} of alert ${name}` },
          context,
        ),
      ),
    ),
  )
}
