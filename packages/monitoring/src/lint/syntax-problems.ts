import type { Tree } from '@lezer/common'

/** A mistake in a query. */
export interface QueryProblem {
  readonly message: string
  /** Character at which it begins, from 0. */
  readonly offset: number
}

const SHOWN_CHARACTERS = 24

/** The first place at which a query cannot be read; what a parser stumbles over behind it follows from that. */
export function findSyntaxProblem(tree: Tree, text: string): QueryProblem | undefined {
  if (text.trim() === '') return { message: 'the query is empty', offset: 0 }
  let offset: number | undefined
  tree.iterate({
    enter: node => {
      if (node.type.isError) offset ??= node.from
    },
  })
  if (offset === undefined) return undefined
  const rest = text.slice(offset).trim()
  const message =
    rest === ''
      ? `something is missing at the end, after "${text.trimEnd().slice(-SHOWN_CHARACTERS)}"`
      : `"${rest.slice(0, SHOWN_CHARACTERS)}" cannot stand at character ${offset + 1}`
  return { message, offset }
}
