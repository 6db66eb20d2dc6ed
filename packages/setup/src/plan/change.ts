import type { App, Remark } from '../project/project.ts'

/** A file that is to be written, made or removed. */
export interface Change {
  /** Path from the root, with `/`. */
  readonly path: string
  /** What it holds now; undefined where it is not there. */
  readonly before: string | undefined
  /** What it is to hold; undefined where it is to go. */
  readonly after: string | undefined
  /** What is done, for the list of files: `adds @throughline/next`. */
  readonly what: string
}

/** What is to be done in one application. */
export interface AppPlan {
  readonly app: App
  /** None where all is as it should be. */
  readonly changes: readonly Change[]
  /** What a person has to do, or should know. */
  readonly remarks: readonly Remark[]
  /** Whether nothing can be done, and why is among the remarks. */
  readonly isRefused: boolean
}

/** What is to be done in a repository. */
export interface Plan {
  readonly apps: readonly AppPlan[]
  /** Files of the whole repository. */
  readonly shared: readonly Change[]
  /** Files of which nothing is changed, though something in them may be ours, and what else is of no single application. */
  readonly remarks: readonly Remark[]
}

/** All changes, each file once, in the order in which each step leaves every application working. */
export function changesOf({ apps, shared }: Plan): readonly Change[] {
  return [...shared, ...apps.flatMap(({ changes }) => changes)]
}
