import { writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type Parsed, readCatalog } from '@throughline/catalog'
import { compileOwnership } from '../ownership.ts'
import { ACCEPTED_FILE, renderAcceptedUnowned } from './accepted-unowned.ts'
import type { Finding } from './finding.ts'
import type { LintInput } from './lint-input.ts'
import { lintOwnership } from './lint-ownership.ts'
import { readLintInput, type ReadLintInputOptions } from './read-lint-input.ts'
import { nameOf } from './route-listing.ts'
import { listUnowned } from './rules/routes.ts'

/** Options of {@link lintRepository}. */
export interface LintRepositoryOptions extends ReadLintInputOptions {
  /** Path of the catalog from the root, with `/`. @default 'ownership.yaml' */
  readonly catalog?: string
}

/**
 * Everything that is wrong in a repository: see {@link lintOwnership}.
 *
 * A catalog, or a list of routes, that cannot be read gives its own problems and no others; one in which dates have passed is
 * linted all the same. Never throws for what is on disk.
 */
export function lintRepository(
  root: string,
  options: LintRepositoryOptions = {},
): readonly Finding[] {
  const read = readRepository(root, options, 'enforce')
  if (read.ok) return lintOwnership(read.value)
  const problems = read.problems.map(problem => ({
    rule: problem.at === options.routesFile ? 'route-list-invalid' : 'catalog-invalid',
    level: 'error' as const,
    ...problem,
  }))
  // What has only expired can still be read.
  const expired = readRepository(root, options, 'ignore')
  return expired.ok ? [...problems, ...lintOwnership(expired.value)] : problems
}

/** What became of the list of routes that may stay without an owner. */
export interface AcceptedChange {
  /** Path of the list from the root. */
  readonly file: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Writes the list of routes that may stay without an owner: all those of today. For the day on which a team begins; from
 * then on each line is to go.
 *
 * The problems of a catalog that cannot be read are given instead, and nothing is written.
 */
export function acceptUnowned(
  root: string,
  options: LintRepositoryOptions = {},
): Parsed<AcceptedChange> {
  const read = readRepository(root, options, 'enforce')
  if (!read.ok) return read
  const before = new Set(read.value.accepted.routes.map(({ route }) => route))
  const now = new Set(listUnowned(read.value).map(nameOf))
  const file = posix.join(posix.dirname(options.catalog ?? CATALOG), ACCEPTED_FILE)
  writeFileSync(join(root, file), renderAcceptedUnowned(now))
  const added = [...now].filter(route => !before.has(route))
  const removed = [...before].filter(route => !now.has(route))
  return { ok: true, value: { file, added, removed } }
}

const CATALOG = 'ownership.yaml'

function readRepository(
  root: string,
  { catalog = CATALOG, ...options }: LintRepositoryOptions,
  expiry: 'enforce' | 'ignore',
): Parsed<LintInput> {
  const parsed = readCatalog(join(root, catalog), {
    file: catalog,
    expiry,
    ...(options.today === undefined ? {} : { today: new Date(options.today) }),
  })
  if (!parsed.ok) return parsed
  return readLintInput(root, compileOwnership(parsed.value), posix.dirname(catalog), options)
}
