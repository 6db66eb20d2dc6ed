import type { Catalog } from './catalog.ts'
import type { CatalogDraft } from './catalog-draft.ts'
import { checkShape } from './check-shape.ts'
import type { CheckContext } from './draft.ts'
import type { Today } from './exception-rules.ts'
import { readFullYaml } from './full-yaml.ts'
import { parsePlainYaml } from './plain-yaml.ts'
import type { Parsed, Problem } from './problem.ts'
import { checkRules } from './rules.ts'
import { schema } from './schema.ts'
import { createSourceText, type SourceText } from './source-text.ts'
import { exampleOf } from './wording.ts'
import type { YamlNode } from './yaml-node.ts'

/** Options of {@link parseCatalog}. */
export interface ParseCatalogOptions {
  /** Name of the file, as problems and owners show it. @default 'ownership.yaml' */
  readonly file?: string
  /** Day against which dates are held. @default now */
  readonly today?: Date
  /**
   * `ignore` holds no date against the catalog: an exception silences its rule for good. For a running
   * application, which must not lose its owners at midnight. @default 'enforce'
   */
  readonly expiry?: 'enforce' | 'ignore'
}

/** A catalog is written by hand; what is longer is not one. */
const MAX_CHARACTERS = 1_000_000

/**
 * Reads the text of an `ownership.yaml`.
 *
 * Gives a catalog that is wholly valid, or every problem it has, in the order of the file; mistakes in the
 * YAML itself come alone, since what is behind them cannot be told. Never throws.
 */
export function parseCatalog(input: string, options: ParseCatalogOptions = {}): Parsed<Catalog> {
  const { file = 'ownership.yaml', today = new Date(), expiry = 'enforce' } = options
  const text = input.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const source = createSourceText(text, file)
  if (text.length > MAX_CHARACTERS) {
    const message = `the file holds ${text.length} characters, more than ${MAX_CHARACTERS}`
    return refuse(source, 0, message, 'name the catalog, not another file')
  }
  const days =
    expiry === 'ignore' ? undefined : { today: dayOf(today, 0), tomorrow: dayOf(today, 1) }
  const plain = parsePlainYaml(text)
  const quick = plain === undefined ? undefined : check(plain, source, days)
  if (quick?.ok === true) return quick

  const full = readFullYaml(text)
  if (full === undefined) {
    const message =
      'the file is not a plain catalog, and the package "yaml" that could say why is not installed'
    return (
      quick ??
      refuse(source, 0, message, 'run `npm install yaml`, or check the file where it is installed')
    )
  }
  if (!full.ok) {
    const problems = full.mistakes.map(({ offset, message, fix }) => ({
      at: source.at(offset),
      message,
      fix,
    }))
    return { ok: false, problems }
  }
  if (full.root === undefined)
    return refuse(source, 0, 'the file is empty', `write a catalog: ${exampleOf(schema)}`)
  return check(full.root, source, days)
}

function check(root: YamlNode, source: SourceText, today: Today | undefined): Parsed<Catalog> {
  const found: { readonly offset: number; readonly problem: Problem }[] = []
  const seen = new Set<string>()
  const context: CheckContext = {
    source,
    references: [],
    origins: new Map(),
    report(offset, message, fix) {
      // A value that an alias repeats is checked once for each place it is at.
      const id = `${offset} ${message}`
      if (!seen.has(id)) found.push({ offset, problem: { at: source.at(offset), message, fix } })
      seen.add(id)
    },
  }
  const draft = checkShape(schema, root, { key: 'catalog', start: root.start }, context) as
    | CatalogDraft
    | undefined
  if (draft !== undefined) checkRules(draft, context, today)
  if (found.length > 0) {
    const problems = found.toSorted((a, b) => a.offset - b.offset).map(({ problem }) => problem)
    return { ok: false, problems }
  }
  // A draft in which nothing was reported has no holes.
  return { ok: true, value: { ...(draft as Omit<Catalog, 'file'>), file: source.file } }
}

function refuse(source: SourceText, offset: number, message: string, fix: string): Parsed<never> {
  return { ok: false, problems: [{ at: source.at(offset), message, fix }] }
}

const MS_PER_DAY = 86_400_000

const dayOf = (date: Date, later: number): string =>
  new Date(date.getTime() + later * MS_PER_DAY).toISOString().slice(0, 10)
