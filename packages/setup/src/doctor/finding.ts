/** Something that is wrong with an install. */
export interface Finding {
  /** SCREAMING_SNAKE, one for each cause. */
  readonly code: string
  /** An `error` costs traces, metrics or owners; a `warning` may. */
  readonly level: 'error' | 'warning'
  /** Service that has it; undefined for what is of the whole repository. */
  readonly service: string | undefined
  /** Where it is, as `path:line` from the root, where that can be said. */
  readonly at: string | undefined
  /** What was found, with the value. */
  readonly what: string
  /** What it costs. */
  readonly why: string
  /** What to do, in one imperative sentence. */
  readonly fix: string
  /** Makes it so; undefined where a person has to. Gives the paths that it wrote. */
  readonly mend?: () => Promise<readonly string[]>
}
