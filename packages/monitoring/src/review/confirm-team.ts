import {
  createResolver,
  nearest,
  type Parsed,
  parseCatalog,
  type Problem,
} from '@throughline/catalog'
import { isMap, isScalar, type YAMLMap } from 'yaml'
import {
  applyEdits,
  checkEdit,
  type DescribedEdit,
  type Edit,
  type EditedCatalog,
  type EditOptions,
  lineOf,
  pairOf,
  readRoot,
} from './catalog-edit.ts'

const KEY = 'reviewedAt'

/**
 * Writes into a catalog that a team has reviewed what it owns today: `reviewedAt` of the team, and of each service that it
 * fixes in production.
 *
 * Gives problems, and no text, for a catalog that is broken or would be, an unknown team, and what an alias writes elsewhere.
 */
export function confirmTeam(
  text: string,
  team: string,
  options: EditOptions = {},
): Parsed<EditedCatalog> {
  const { file = 'ownership.yaml', today = new Date() } = options
  const parsed = parseCatalog(text, options)
  if (!parsed.ok) return parsed
  const { teams, services } = parsed.value
  if (!teams.has(team)) return { ok: false, problems: [unknownTeam(file, team, teams.keys())] }
  const resolver = createResolver(parsed.value)
  const owned = [...services.keys()].filter(
    name => resolver.role(name, 'productionFix').team === team,
  )
  const day = today.toISOString().slice(0, 10)
  const root = readRoot(text)
  const targets = [['teams', team], ...owned.map(service => ['services', service])] as const
  const edits: DescribedEdit[] = []
  const problems: Problem[] = []
  for (const [section = '', name = ''] of targets) {
    const map = pairOf(pairOf(root, section)?.value, name)?.value
    const edit = isMap(map) && map.anchor === undefined ? setKey(text, map, day) : undefined
    if (edit !== undefined) edits.push({ ...edit, change: `${name} ${KEY}: ${day}` })
    else {
      const at = `${file}:${lineOf(text, rangeStart(map))}`
      const message = `${JSON.stringify(name)} shares what is written there with others, by an anchor`
      problems.push({ at, message, fix: `write ${KEY}: ${day} by hand` })
    }
  }
  if (problems.length > 0) return { ok: false, problems }
  return checkEdit(applyEdits(text, file, edits), options)
}

export function unknownTeam(file: string, team: string, known: Iterable<string>): Problem {
  const teams = [...known]
  const near = nearest(team, teams)
  const fix = near === undefined ? `name one of: ${teams.join(', ')}` : `name ${near}`
  return { at: file, message: `team ${JSON.stringify(team)} is not defined`, fix }
}

/** The edit that sets the key of a mapping; nothing when its value is an alias, or its layout is unknown. */
function setKey(text: string, map: YAMLMap, value: string): Edit | undefined {
  const pair = pairOf(map, KEY)
  if (pair === undefined)
    return map.flow === true ? addToFlow(map, value) : addToBlock(text, map, value)
  const node = pair.value
  // What has an anchor is repeated elsewhere, where nobody confirmed it.
  if (!isScalar(node) || !node.range || node.anchor !== undefined) return undefined
  return { start: node.range[0], end: node.range[1], text: value }
}

/** `{ name: Billing }` */
function addToFlow(map: YAMLMap, value: string): Edit | undefined {
  const end = endOf(map.items.at(-1))
  return end === undefined ? undefined : { start: end, end, text: `, ${KEY}: ${value}` }
}

/** A line of its own after the last key, indented like the first. */
function addToBlock(text: string, map: YAMLMap, value: string): Edit | undefined {
  const first = rangeStart(map.items[0]?.key)
  const lineStart = text.lastIndexOf('\n', first - 1) + 1
  const indent = text.slice(lineStart, first)
  const last = endOf(map.items.at(-1))
  if (last === undefined || indent.trim() !== '') return undefined
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const isAtLineStart = last > 0 && text[last - 1] === '\n'
  const newline = isAtLineStart ? last - 1 : text.indexOf('\n', last)
  if (newline === -1)
    return { start: text.length, end: text.length, text: `${eol}${indent}${KEY}: ${value}` }
  return { start: newline + 1, end: newline + 1, text: `${indent}${KEY}: ${value}${eol}` }
}

/** Where a pair's value ends, without the comment behind it. */
function endOf(pair: { key: unknown; value: unknown } | undefined): number | undefined {
  const [, end] = rangeOf(pair?.value) ?? rangeOf(pair?.key) ?? []
  return end
}

const rangeStart = (node: unknown): number => rangeOf(node)?.[0] ?? 0

const rangeOf = (node: unknown): readonly [number, number, number] | undefined =>
  (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range ??
  undefined
