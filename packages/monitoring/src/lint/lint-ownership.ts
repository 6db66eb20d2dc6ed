import { type Finding, runRules } from './finding.ts'
import { createLintContext } from './lint-context.ts'
import type { LintInput } from './lint-input.ts'
import { LINT_RULES } from './lint-rules.ts'

/**
 * Everything that is wrong between a catalog, the alerts and dashboards made from it or written by hand, the runbooks and
 * the routes in code; sorted by place.
 *
 * What is wrong within the catalog itself is not here: reading it gives that. Never throws.
 */
export function lintOwnership(input: LintInput): readonly Finding[] {
  return runRules(LINT_RULES, createLintContext(input))
}
