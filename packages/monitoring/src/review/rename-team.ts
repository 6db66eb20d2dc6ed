import { type Parsed, parseCatalog, type Problem } from '@throughline/catalog'
import { isMap, isPair, isScalar, isSeq, type Scalar } from 'yaml'
import { idOf } from '../imports/names.ts'
import {
  applyEdits,
  checkEdit,
  type DescribedEdit,
  type EditedCatalog,
  type EditOptions,
  pairOf,
  readRoot,
} from './catalog-edit.ts'
import { unknownTeam } from './confirm-team.ts'

/** Where a catalog names teams: keys, `*` is any key or item; `key` is the key itself. */
const REFERENCES: readonly (readonly string[])[] = [
  ['org', 'defaultTeam'],
  ['services', '*', 'roles', '*'],
  ['services', '*', 'routes', '*', 'team'],
  ['services', '*', 'routes', '*', 'roles', '*'],
  ['services', '*', 'queues', '*', 'team'],
  ['services', '*', 'dependencies', '*', 'team'],
  ['decisions', '*', 'by'],
  ['exceptions', '*', 'by'],
]

/** Words that YAML reads as something else than a text. */
const RESERVED = /^(null|true|false)$/

/**
 * Renames a team's id wherever the catalog names the team by it; names, handles, channels and comments stay.
 *
 * Gives problems, and no text, for a catalog that is broken or would be, an unknown team, and a new id that is taken.
 */
export function renameTeam(
  text: string,
  from: string,
  to: string,
  options: EditOptions = {},
): Parsed<EditedCatalog> {
  const { file = 'ownership.yaml' } = options
  const parsed = parseCatalog(text, options)
  if (!parsed.ok) return parsed
  const { teams, services } = parsed.value
  const refusal = refuse(file, from, to, teams)
  if (refusal !== undefined) return { ok: false, problems: [refusal] }
  const root = readRoot(text)
  const scalars = [
    ...keysOf(pairOf(root, 'teams')?.value),
    ...REFERENCES.flatMap(path => scalarsAt(root, path)),
    // A service that is called like the team is what the exception is about, then.
    ...(services.has(from) ? [] : reviewTargets(pairOf(root, 'exceptions')?.value)),
  ]
  // What an alias repeats is one scalar.
  const named = new Set(scalars.filter(({ value }) => value === from))
  const edits = [...named].flatMap(scalar => replace(text, scalar, from, to))
  return checkEdit(applyEdits(text, file, edits), options)
}

function refuse(
  file: string,
  from: string,
  to: string,
  teams: ReadonlyMap<string, { readonly line: number }>,
): Problem | undefined {
  if (!teams.has(from)) return unknownTeam(file, from, teams.keys())
  if (!/^[a-z][a-z0-9-]*$/.test(to)) {
    const message = `${JSON.stringify(to)} is not an id of small letters, digits and hyphens`
    return { at: file, message, fix: `name ${idOf(to)}` }
  }
  const taken = teams.get(to)
  if (taken !== undefined) {
    const message = `team ${JSON.stringify(to)} is there already`
    return { at: `${file}:${taken.line}`, message, fix: 'name an id that is free' }
  }
  return undefined
}

const keysOf = (map: unknown): Scalar[] =>
  isMap(map) ? map.items.map(({ key }) => key).filter(isScalar) : []

function scalarsAt(node: unknown, [step, ...rest]: readonly string[]): Scalar[] {
  if (step === undefined) return isScalar(node) ? [node] : []
  if (step !== '*') return scalarsAt(pairOf(node, step)?.value, rest)
  const items: readonly unknown[] = isMap(node) || isSeq(node) ? node.items : []
  return items.flatMap(item => scalarsAt(isPair(item) ? item.value : item, rest))
}

function reviewTargets(exceptions: unknown): Scalar[] {
  if (!isSeq(exceptions)) return []
  return exceptions.items
    .filter(item => scalarsAt(item, ['rule'])[0]?.value === 'review-overdue')
    .flatMap(item => scalarsAt(item, ['target']))
}

/** Keeps the quotes of what stands there. */
function replace(text: string, { range }: Scalar, from: string, to: string): DescribedEdit[] {
  if (!range) return []
  const [start, end] = range
  const written = text.slice(start, end)
  const needsQuotes = written === from && RESERVED.test(to)
  const renamed = needsQuotes ? JSON.stringify(to) : written.replace(from, to)
  return [{ start, end, text: renamed, change: `${from} is now ${to}` }]
}
