import type { Catalog, Parsed } from '@throughline/catalog'
import type { App, Project } from '../project/project.ts'
import type { Finding } from './finding.ts'
import type { InstalledPackages } from './installed-packages.ts'
import type { Setting } from './settings.ts'

/** What an install is held against, besides its files. */
export interface ExamineContext {
  /** Version of the Node that scripts run with: `22.15.0`, with or without `v`. */
  readonly nodeVersion: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The catalog, its file named from the root; undefined where there is none. */
  readonly catalog: Parsed<Catalog> | undefined
}

/** A finding before it is said whose it is. */
export type Complaint = Omit<Finding, 'service'>

/** What a check of an application may look at. */
export interface Subject<Checked extends App = App> {
  readonly app: Checked
  readonly project: Project
  readonly context: ExamineContext
  readonly packages: InstalledPackages
  /** What its scripts, `.env` files, Dockerfiles and this process set, in this order. */
  readonly settings: readonly Setting[]
}

/** Looks for one kind of mistake in an application. */
export type Check<Checked extends App = App> = (subject: Subject<Checked>) => readonly Complaint[]
