import type { Problem } from '@throughline/catalog'
import { ALERTS, runbookOf } from '../../alerts/alert-list.ts'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { findLinks } from '../links-in-text.ts'
import { textOf } from '../located-yaml.ts'
import { checkLogql } from '../logql.ts'
import { listQueries } from '../runbook-queries.ts'
import { checkTraceql } from '../traceql.ts'
import { quote, replacementFor } from '../wording.ts'
import { queryProblems } from './promql-problems.ts'

/** Rules on the pages of the runbooks. */
export const RUNBOOK_RULES: readonly LintRule<LintContext>[] = [
  {
    id: 'runbook-empty',
    level: 'error',
    find: ({ runbooks }) =>
      [...runbooks]
        .filter(([, text]) => !/^#\s+\S[\s\S]*\n\s*\S/.test(text.trim()))
        .map(([path]) => ({
          at: path,
          message: 'the runbook has no heading with a text below it',
          fix: 'write what the alert means for users, and the first three checks',
        })),
  },
  {
    id: 'runbook-unused',
    level: 'warning',
    find: context => {
      const used = usedRunbooks(context)
      return [...context.runbookPages]
        .filter(([name]) => !used.has(name))
        .map(([, path]) => ({
          at: path,
          message: 'no alert links to this runbook',
          fix: 'remove the page, or link to it in the runbook_url of its alert',
        }))
    },
  },
  { id: 'runbook-link-broken', level: 'error', find: brokenLinks },
  ...queryProblems(context => context.runbookQueries, 'runbook-'),
  { id: 'runbook-query-invalid', level: 'error', find: invalidQueries },
]

/** Pages that an alert links to, and those of alerts that a catalog may come to need. */
function usedRunbooks(context: LintContext): ReadonlySet<string> {
  const linked = context.alerts.flatMap(
    ({ annotations }) => findLinks(textOf(annotations.get('runbook_url')) ?? '', context).runbooks,
  )
  const known = (Object.keys(ALERTS) as (keyof typeof ALERTS)[]).map(runbookOf)
  return new Set([...linked, ...known, 'README', 'index'])
}

/** Links from page to page that lead nowhere. */
function brokenLinks({ runbooks, runbookPages }: LintContext): Problem[] {
  return [...runbooks].flatMap(([path, text]) =>
    [...text.matchAll(/\]\((?:\.\/)?([\w-]+)\.md(?:#[^)]*)?\)/g)].flatMap(
      ({ index, 1: page = '' }) => {
        if (runbookPages.has(page)) return []
        const at = `${path}:${text.slice(0, index).split('\n').length}`
        const message = `the runbook links to the page ${quote(page)}, and there is none`
        return [{ at, message, fix: replacementFor(page, runbookPages.keys(), 'write the page') }]
      },
    ),
  )
}

function invalidQueries({ runbooks }: LintContext): Problem[] {
  return [...runbooks].flatMap(([path, text]) =>
    listQueries(text).flatMap(({ language, line, query }) => {
      if (language === 'promql') return []
      const found = language === 'logql' ? checkLogql(query) : checkTraceql(query)
      if (found === undefined) return []
      const message = `the query of the runbook is not valid: ${found.message}`
      return [{ at: `${path}:${line}`, message, fix: `mend the query: ${quote(query)}` }]
    }),
  )
}
