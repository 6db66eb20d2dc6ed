import type { Parsed, Problem } from '@throughline/catalog'
import type { CatalogImport } from './catalog-import.ts'
import {
  type CatalogSketch,
  type Doubtful,
  renderSketch,
  type SketchedTeam,
} from './catalog-sketch.ts'
import { placeOf } from './codeowners-folders.ts'
import { type CodeownersEntry, readCodeowners } from './codeowners-lines.ts'
import { sketchServices } from './codeowners-services.ts'
import { nameTeams, readOwner } from './handles.ts'
import { mostFrequent, nameOf } from './names.ts'

/** Id of the team that stands in where a file names none. */
export const NOBODY = 'unassigned'

/**
 * Drafts a catalog from a CODEOWNERS file of GitHub or GitLab.
 *
 * Teams come from its `@org/team` handles, services from the folders that it gives to somebody; the last line that takes
 * a folder decides. What the export wrote comes back as it was. A file without an entry is a problem.
 */
export function importCodeowners(text: string, { file }: { file: string }): Parsed<CatalogImport> {
  const { entries, remarks } = readCodeowners(text, file)
  if (entries.length === 0) {
    const message = 'no line gives files to somebody'
    const nothing: Problem = { at: file, message, fix: 'name a CODEOWNERS file' }
    return { ok: false, problems: [...remarks, nothing] }
  }
  const found: Problem[] = [...remarks]
  const sketch = sketchCatalog(entries, file, ({ at, pattern }, message, fix) =>
    found.push({ at, message: `"${pattern}" ${message}`, fix }),
  )
  const lineOf = ({ at }: Problem): number => Number(at.split(':').at(-2))
  return {
    ok: true,
    value: {
      text: renderSketch(sketch),
      remarks: found.toSorted((a, b) => lineOf(a) - lineOf(b)),
    },
  }
}

function sketchCatalog(
  entries: readonly CodeownersEntry[],
  file: string,
  report: Parameters<typeof sketchServices>[2],
): CatalogSketch {
  const ofCatalog = entries.findLast(({ pattern }) => /(^|\/)ownership\.yaml$/.test(pattern))
  const others = entries.filter(entry => entry !== ofCatalog)
  const teams = nameHandles(others)
  const services = sketchServices(
    others.filter(entry => generatedFor(entry) === undefined),
    teams,
    report,
  )
  const fixers = services.flatMap(({ roles }) => roles.map(({ team }) => team))
  const defaultTeam = decideDefault(others, teams, fixers)
  const organisations = [...teams.keys()].map(handle => handle.slice(1).split('/')[0] ?? '')
  return {
    source: file,
    assumptions: [
      'CODEOWNERS says who reviews a change: that the same team fixes it in production is a guess.',
    ],
    github: mostFrequent(organisations.filter(name => /^[A-Za-z0-9](-?[A-Za-z0-9])*$/.test(name))),
    leads: (ofCatalog?.owners ?? []).filter(owner => /^@[\w.-]+(\/[\w.-]+)?$/.test(owner)),
    defaultTeam,
    teams: sketchTeams(teams, defaultTeam.value),
    services,
  }
}

/** The teams of some handles by their ids, and the default team. */
export function sketchTeams(
  teams: ReadonlyMap<string, string>,
  defaultTeam: string,
): SketchedTeam[] {
  const handles = new Map([...teams].map(([handle, id]) => [id, handle]))
  return [...new Set([...teams.values(), defaultTeam])].toSorted().map(id => {
    const handle = handles.get(id)
    const isOfGithub = handle?.split('/').length === 2
    return {
      id,
      name: nameOf(id),
      github: isOfGithub ? handle : undefined,
      doubts:
        handle === undefined
          ? [`who this is: no team has what nobody else has`]
          : isOfGithub
            ? []
            : [`its GitHub team, since ${handle} is a group of GitLab`],
    }
  })
}

/** Team of a folder that the generator writes to, in the block of the export. */
function generatedFor({ pattern, generated }: CodeownersEntry): string | undefined {
  if (!generated) return undefined
  return /^\/(?:alerts|dashboards)\/(?<team>[^/]+)\/$/.exec(pattern)?.groups?.['team']
}

/** The team of each handle. */
function nameHandles(entries: readonly CodeownersEntry[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  for (const entry of entries) {
    const team = generatedFor(entry)
    if (team !== undefined) known.set(entry.owners[0] ?? '', team)
  }
  const owners = entries.flatMap(entry => entry.owners.map(readOwner))
  return nameTeams(
    owners.filter(({ kind }) => kind === 'team').map(({ handle }) => handle),
    known,
  )
}

/** The owner of `*`; else the team that has most. */
function decideDefault(
  entries: readonly CodeownersEntry[],
  teams: ReadonlyMap<string, string>,
  fixers: readonly string[],
): Doubtful<string> {
  const ofAll = entries.findLast(({ pattern }) => placeOf(pattern).kind === 'everything')
  const named = ofAll?.owners.flatMap(handle => teams.get(handle) ?? [])[0]
  if (named !== undefined) return { value: named, doubts: [] }
  const why =
    ofAll === undefined || ofAll.owners.length === 0
      ? 'no line names a team for *'
      : `${ofAll.at} names ${ofAll.owners.join(', ')}, not a team`
  return {
    value: mostFrequent(fixers) ?? [...teams.values()][0] ?? NOBODY,
    doubts: [`who answers for whatever nothing below gives to a team: ${why}`],
  }
}
