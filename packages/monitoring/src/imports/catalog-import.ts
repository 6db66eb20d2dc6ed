import type { Problem } from '@throughline/catalog'

/** What an import makes of another tool's file. */
export interface CatalogImport {
  /** A catalog that parses; `# TODO: decide …` marks what could not be decided. */
  readonly text: string
  /** What was left out or guessed, in the order of the files, each with its place and its mend. */
  readonly remarks: readonly Problem[]
}
