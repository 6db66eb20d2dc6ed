import { createRequire } from 'node:module'
import type { Tree } from '@lezer/common'
import type { QueryProblem } from './syntax-problems.ts'

/** The part of CodeMirror's mode for PromQL that knows which function takes what. */
interface TypeChecker {
  tree: Tree
  analyze(): void
  getDiagnostics(): readonly { readonly message: string; readonly from: number }[]
}

interface EditorState {
  sliceDoc(from: number, to: number): string
}

// Its ES modules import each other without extensions, which Node refuses; its CommonJS modules load.
const require = createRequire(import.meta.url)
const { Parser } =
  require('@prometheus-io/codemirror-promql/dist/cjs/parser/index.js') as unknown as {
    readonly Parser: new (state: EditorState) => TypeChecker
  }
const { EditorState } = require('@codemirror/state') as unknown as {
  readonly EditorState: { create(config: { readonly doc: string }): EditorState }
}

/**
 * What is wrong with the types of a PromQL query that the grammar lets pass, such as `rate(x)` without a range.
 *
 * `tree` is given, since an editor's own parses in slices of time and may hand over half of it.
 */
export function findTypeProblems(tree: Tree, text: string): QueryProblem[] {
  const checker = new Parser(EditorState.create({ doc: text }))
  checker.tree = tree
  checker.analyze()
  return checker.getDiagnostics().map(({ message, from }) => ({ message, offset: from }))
}
