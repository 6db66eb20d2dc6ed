import type { LintRule } from './finding.ts'
import type { LintContext } from './lint-context.ts'
import { ALERT_LABEL_RULES } from './rules/alert-labels.ts'
import { ALERT_OWNERSHIP_RULES } from './rules/alert-ownership.ts'
import { ALERT_QUERY_RULES } from './rules/alert-queries.ts'
import { ALERT_TEXT_RULES } from './rules/alert-texts.ts'
import { ALERTMANAGER_RULES } from './rules/alertmanager.ts'
import { CATALOG_DATE_RULES } from './rules/catalog-dates.ts'
import { CATALOG_PLACE_RULES } from './rules/catalog-places.ts'
import { CATALOG_PROMISE_RULES } from './rules/catalog-promises.ts'
import { CATALOG_ROLE_RULES } from './rules/catalog-roles.ts'
import { CODEOWNERS_RULES } from './rules/codeowners.ts'
import { DASHBOARD_FORM_RULES } from './rules/dashboard-form.ts'
import { DASHBOARD_QUERY_RULES } from './rules/dashboard-queries.ts'
import { ROUTE_RULES } from './rules/routes.ts'
import { RUNBOOK_RULES } from './rules/runbooks.ts'

/** Every rule there is, by what it is about. */
export const LINT_RULES: readonly LintRule<LintContext>[] = [
  { id: 'file-unreadable', level: 'error', find: ({ unreadable }) => unreadable },
  ...CATALOG_ROLE_RULES,
  ...CATALOG_DATE_RULES,
  ...CATALOG_PLACE_RULES,
  ...CATALOG_PROMISE_RULES,
  ...ROUTE_RULES,
  ...CODEOWNERS_RULES,
  ...ALERT_LABEL_RULES,
  ...ALERT_QUERY_RULES,
  ...ALERT_TEXT_RULES,
  ...ALERT_OWNERSHIP_RULES,
  ...ALERTMANAGER_RULES,
  ...DASHBOARD_FORM_RULES,
  ...DASHBOARD_QUERY_RULES,
  ...RUNBOOK_RULES,
]
