import type { RoutePattern, Segment } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import { bySpecificity } from '../partition/route-regex.ts'
import { GENERATED_LINE } from '../generated-line.ts'

/** Longest text that Sentry takes on any plan (`DEFAULT_MAX_RAW_LENGTH` of its project_ownership.py). */
const LONGEST = 100_000

/**
 * Ownership rules for the settings of a Sentry project.
 *
 * Sentry gives an issue to the owner of the last rule that matches, so the rules on the tag `team` come last: they know the
 * route. Files and addresses are for events without it. Teams without a `sentry` slug are named in a comment. A text
 * that would be too long for Sentry leaves the addresses out, and says so.
 */
export function renderSentryRules(ownership: Ownership): string {
  const { teams } = ownership.catalog
  const ids = [...teams.keys()].toSorted()
  const unknown = ids.filter(id => teams.get(id)?.sentry === undefined)
  const tags = ids.flatMap(id => ruleOf(`tags.team:${id}`, new Set([id]), ownership))
  const render = (addresses: readonly string[]): string =>
    [
      GENERATED_LINE,
      '# The last rule that matches gets the issue.',
      ...(unknown.length === 0
        ? []
        : [`# Without a sentry slug in the catalog: ${unknown.join(', ')}`]),
      ...section('By file.', fileRules(ownership)),
      ...addresses,
      ...section('By the tag "team", for events that carry it.', tags),
      '',
    ].join('\n')
  const whole = render(section('By address; a * crosses slashes here.', addressRules(ownership)))
  return whole.length <= LONGEST
    ? whole
    : render(['', `# No rules by address: Sentry takes no more than ${LONGEST} characters.`])
}

const section = (title: string, rules: readonly string[]): string[] =>
  rules.length === 0 ? [] : ['', `# ${title}`, ...rules]

/** A rule with the Sentry teams of `owners`; none when Sentry knows none of them. */
function ruleOf(matcher: string, owners: Iterable<string>, { catalog }: Ownership): string[] {
  const slugs = [...owners].flatMap(id => catalog.teams.get(id)?.sentry ?? []).toSorted()
  return slugs.length === 0 ? [] : [`${matcher} ${slugs.map(slug => `#${slug}`).join(' ')}`]
}

/** Frames name files from some folder above the repository, so each pattern may have anything before it. */
function fileRules(ownership: Ownership): string[] {
  const { catalog, resolver } = ownership
  const rules = new Map<string, Set<string>>()
  for (const [name, { paths }] of catalog.services) {
    const { team = '' } = resolver.role(name, 'productionFix')
    for (const path of paths) {
      const glob = `*${path.replace(/^\.?\//, '').replaceAll('**', '*')}`
      rules.set(glob, (rules.get(glob) ?? new Set()).add(team))
    }
  }
  const depth = (glob: string): number => glob.split('/').length
  return [...rules]
    .toSorted(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1))
    .flatMap(([glob, owners]) => ruleOf(quoted('path', bracketless(glob)), owners, ownership))
}

function addressRules(ownership: Ownership): string[] {
  const { catalog, resolver } = ownership
  const rules = new Map<string, { readonly pattern: RoutePattern; readonly owners: Set<string> }>()
  for (const [name, { routes, hosts }] of catalog.services) {
    const origins = hosts.length === 0 ? ['*'] : hosts.map(host => `*://${host}`)
    for (const { match: pattern } of routes) {
      const path = pattern.text.slice(pattern.text.indexOf('/'))
      const { team = '' } = resolver.route(name, pattern.method, path)
      for (const glob of origins.flatMap(origin => globsOf(pattern).map(end => origin + end))) {
        const rule = rules.get(glob) ?? { pattern, owners: new Set() }
        rule.owners.add(team)
        rules.set(glob, rule)
      }
    }
  }
  return [...rules]
    .map(([glob, rule]) => ({ glob, ...rule }))
    .toSorted(
      (a, b) =>
        byOrigin(a.glob, b.glob) || byWidth(a.pattern, b.pattern) || (a.glob < b.glob ? -1 : 1),
    )
    .flatMap(({ glob, owners }) => ruleOf(`url:${bracketless(glob)}`, owners, ownership))
}

/** What is not bound to a host comes before what is. */
const byOrigin = (a: string, b: string): number =>
  Number(a.includes('://')) - Number(b.includes('://'))

/** A trailing `**` takes the folder itself, too. */
function globsOf({ segments }: RoutePattern): string[] {
  const path = segments.map(segment => `/${globOf(segment)}`).join('')
  if (segments.at(-1)?.kind !== 'rest') return [path === '' ? '/' : path]
  return [path.slice(0, -'/*'.length) || '/', path]
}

const globOf = (segment: Segment): string => (segment.kind === 'literal' ? segment.text : '*')

/** The widest first: what takes the rest, then short before long, since a `*` also takes what is below. */
function byWidth(a: RoutePattern, b: RoutePattern): number {
  const width = ({ segments }: RoutePattern): number =>
    segments.at(-1)?.kind === 'rest' ? 0 : segments.length + 1
  return width(a) - width(b) || bySpecificity(b, a)
}

/** Sentry reads `[id]` as one of two letters and `{a,b}` as a choice: any one character stands for each bracket. */
const bracketless = (pattern: string): string => pattern.replaceAll(/[[\]{}]/g, '?')

const quoted = (kind: string, pattern: string): string =>
  /\s/.test(pattern) ? `${kind}:"${pattern}"` : `${kind}:${pattern}`
