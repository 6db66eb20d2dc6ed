import type { Ownership } from '../ownership.ts'
import type { AcceptedUnowned } from './accepted-unowned.ts'
import type { RoutesInCode } from './routes-in-code/code-route.ts'

/** Everything that is linted, as plain data: reading it from disk is the business of `readLintInput`. */
export interface LintInput {
  readonly ownership: Ownership
  /** Day against which dates are held, as `2026-11-24`. */
  readonly today: string
  /** Texts of the files below `alerts/` and `dashboards/`, by path from the root with `/`. */
  readonly files: ReadonlyMap<string, string>
  /** Folder of the runbooks, from the root. */
  readonly runbookFolder: string
  /** Texts of the runbooks, by path from the root. */
  readonly runbooks: ReadonlyMap<string, string>
  /** Paths and globs of the catalog that name something on disk. */
  readonly presentPaths: ReadonlySet<string>
  readonly code: RoutesInCode
  /** The file of CODEOWNERS, where there is one. */
  readonly codeowners: { readonly file: string; readonly text: string } | undefined
  /** Routes that may stay without an owner for now. */
  readonly accepted: AcceptedUnowned
}
