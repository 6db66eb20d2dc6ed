import { ThroughlineError } from '@throughline/conventions'
import type { Ownership } from '../ownership.ts'
import { GENERATED_LINE } from '../generated-line.ts'

/** Lines between which a CODEOWNERS file is ours. */
export const CODEOWNERS_START = '# <throughline>'
export const CODEOWNERS_END = '# </throughline>'

/** Folders in which each team has one of its own. */
const GENERATED_FOLDERS = ['alerts', 'dashboards']

/**
 * The block of a CODEOWNERS file, with its markers: the source files of each service go to the GitHub team that fixes it in
 * production, what is generated for a team to that team, and the catalog to the leads.
 *
 * Teams without a `github` handle, and globs that CODEOWNERS cannot say, are named in comments. Wider patterns stand first,
 * since the last line that matches wins.
 */
export function renderCodeowners(ownership: Ownership): string {
  const { catalog } = ownership
  const teams = [...catalog.teams.keys()].toSorted()
  const handle = (team: string): string | undefined => catalog.teams.get(team)?.github
  const silent = teams.filter(team => handle(team) === undefined)
  const generated = teams
    .filter(team => handle(team) !== undefined)
    .flatMap(team => GENERATED_FOLDERS.map(folder => `/${folder}/${team}/ ${handle(team)}`))
  const { leads } = catalog.org
  const isInside = !/^(\.\.|\/|[A-Za-z]:)/.test(catalog.file)
  return [
    CODEOWNERS_START,
    GENERATED_LINE,
    ...(silent.length === 0
      ? []
      : [`# Without a github handle in the catalog: ${silent.join(', ')}`]),
    ...sourceLines(ownership),
    ...generated,
    ...(leads.length === 0 || !isInside ? [] : [`${anchored(catalog.file)} ${leads.join(' ')}`]),
    CODEOWNERS_END,
    '',
  ].join('\n')
}

/**
 * A CODEOWNERS file with its block replaced by `block`, and all else as it was; nothing when the file has no markers.
 *
 * @throws ThroughlineError when one marker stands without the other
 */
export function updateCodeowners(text: string, block: string): string | undefined {
  const lines = text.split('\n')
  const start = lines.findIndex(line => line.trim() === CODEOWNERS_START)
  const end = lines.findIndex(line => line.trim() === CODEOWNERS_END)
  if (start === -1 && end === -1) return undefined
  if (start === -1 || end < start) {
    const [line, other] = start === -1 ? [end, CODEOWNERS_START] : [start, CODEOWNERS_END]
    throw new ThroughlineError(
      `CODEOWNERS:${line + 1}: "${lines[line]?.trim()}" has no "${other}" to go with it`,
      {
        code: 'CODEOWNERS_MARKERS',
        fix: `write "${other}" where the generated block ${start === -1 ? 'begins' : 'ends'}`,
      },
    )
  }
  const eol = lines[start]?.endsWith('\r') === true ? '\r\n' : '\n'
  const ours = block.trimEnd().split('\n').join(eol)
  const closing = lines[end]?.endsWith('\r') === true ? '\r' : ''
  return [...lines.slice(0, start), `${ours}${closing}`, ...lines.slice(end + 1)].join('\n')
}

interface Source {
  readonly services: string[]
  readonly owners: Set<string>
}

function sourceLines({ catalog, resolver }: Ownership): string[] {
  const sources = new Map<string, Source>()
  const unsaid: string[] = []
  for (const service of [...catalog.services.keys()].toSorted()) {
    const { paths = [] } = catalog.services.get(service) ?? {}
    const { team } = resolver.role(service, 'productionFix')
    const github = catalog.teams.get(team ?? '')?.github
    for (const path of paths) {
      const pattern = patternOf(path)
      if (pattern === undefined) unsaid.push(`# CODEOWNERS cannot say ${path} of ${service}`)
      else if (github !== undefined) {
        const source = sources.get(pattern) ?? { services: [], owners: new Set() }
        source.services.push(service)
        source.owners.add(github)
        sources.set(pattern, source)
      }
    }
  }
  const depth = (pattern: string): number => pattern.split('/').length
  const patterns = [...sources.keys()].toSorted().toSorted((a, b) => depth(a) - depth(b))
  const lines = patterns.flatMap(pattern => {
    const { services = [], owners = [] } = sources.get(pattern) ?? {}
    return [`# ${services.join(', ')}`, `${pattern} ${[...owners].toSorted().join(' ')}`]
  })
  return [...unsaid, ...lines]
}

/** A glob of the catalog as a pattern of CODEOWNERS, which knows neither brackets, braces nor negation. */
function patternOf(glob: string): string | undefined {
  if (/[[\]{}!\\]/.test(glob)) return undefined
  return anchored(glob.replace(/\/\*\*$/, '/'))
}

/** A pattern that begins at the root of the repository, with its spaces escaped. */
function anchored(path: string): string {
  const bare = path.replace(/^\.?\//, '').replaceAll(/\s/g, '\\$&')
  return bare.startsWith('*') ? bare : `/${bare}`
}
