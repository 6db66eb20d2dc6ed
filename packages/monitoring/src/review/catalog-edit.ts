import { type Parsed, parseCatalog, type Problem } from '@throughline/catalog'
import { isMap, isPair, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml'

/** A catalog's file with an edit in it; all else is as it was, to the byte. */
export interface EditedCatalog {
  readonly text: string
  /** What was written, each as a place and a sentence: `ownership.yaml:12: billing reviewedAt: 2026-11-24`. */
  readonly changes: readonly string[]
}

/** Options of what edits a catalog. */
export interface EditOptions {
  /** Name of the file, as problems show it. @default 'ownership.yaml' */
  readonly file?: string
  /** Day against which dates are held, and that is written. @default now */
  readonly today?: Date
}

/** A stretch of the text, and what stands there instead. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** An edit, and what it does, for whoever asked for it. */
export interface DescribedEdit extends Edit {
  readonly change: string
}

/** The text after edits that do not overlap. */
export function applyEdits(
  text: string,
  file: string,
  edits: readonly DescribedEdit[],
): EditedCatalog {
  let edited = ''
  let from = 0
  const changes: string[] = []
  for (const { start, end, text: written, change } of edits.toSorted((a, b) => a.start - b.start)) {
    edited += text.slice(from, start)
    changes.push(`${file}:${lineOf(edited, edited.length)}: ${change}`)
    edited += written
    from = end
  }
  return { text: edited + text.slice(from), changes }
}

/** The mapping at the root of a catalog that parses. */
export function readRoot(text: string): YAMLMap {
  const { contents } = parseDocument(text, { uniqueKeys: false })
  if (!isMap(contents)) throw new TypeError('a catalog that parses is a mapping')
  return contents
}

/** The pair of a key in a mapping that is written there, and not elsewhere by an alias. */
export function pairOf(map: unknown, key: string): Pair<Scalar> | undefined {
  if (!isMap(map)) return undefined
  const found = map.items.find(
    item => isPair(item) && isScalar(item.key) && String(item.key.value) === key,
  )
  return found as Pair<Scalar> | undefined
}

/** The line of a character, from 1. */
export const lineOf = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length

/** The edited catalog, unless it does not parse: then its problems, and why nothing should be written. */
export function checkEdit(edited: EditedCatalog, options: EditOptions): Parsed<EditedCatalog> {
  const parsed = parseCatalog(edited.text, options)
  if (parsed.ok) return { ok: true, value: edited }
  const unedited = (problem: Problem): Problem => ({
    ...problem,
    message: `the edit would break the catalog: ${problem.message}`,
    fix: `make the edit by hand: ${problem.fix}`,
  })
  return { ok: false, problems: parsed.problems.map(unedited) }
}
