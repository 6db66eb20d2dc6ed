import type { SketchedService } from './catalog-sketch.ts'
import { entriesFor, isWithin, placeOf, whyNoService } from './codeowners-folders.ts'
import type { CodeownersEntry } from './codeowners-lines.ts'
import { readOwner } from './handles.ts'
import { freeName, serviceNameOf } from './names.ts'

type Report = (entry: CodeownersEntry, message: string, fix: string) => void

/** A folder that may be that of a service. */
interface Candidate {
  readonly entry: CodeownersEntry
  readonly path: string
  readonly glob: string
}

/** Makes a service of each folder that somebody owns, but of those within another; reports what is none. */
export function sketchServices(
  entries: readonly CodeownersEntry[],
  teams: ReadonlyMap<string, string>,
  report: Report,
): readonly SketchedService[] {
  const candidates = listCandidates(entries, report)
  const outer = candidates.filter(
    ({ path }) => !candidates.some(other => other.path !== path && isWithin(path, other.path)),
  )
  const services = new Map<string, SketchedService>()
  for (const candidate of outer) {
    const inner = candidates.filter(
      ({ path }) => path !== candidate.path && isWithin(path, candidate.path),
    )
    const { team, doubts } = decideTeam(candidate, entries, teams, report)
    for (const name of namesOf(candidate, services)) {
      for (const { entry } of inner) {
        const fix = `list the routes it serves under ${name}, each with its team`
        report(entry, `lies in the folder of ${name}`, fix)
      }
      const known = services.get(name)
      services.set(name, {
        name,
        kind: 'node',
        kindIsGuess: true,
        paths: [...(known?.paths ?? []), candidate.glob],
        roles: known?.roles ?? (team === undefined ? [] : [{ role: 'productionFix', team }]),
        routes: [],
        dependencies: [],
        doubts: known?.doubts ?? [
          ...doubts,
          ...inner.map(
            ({ entry }) => `which routes "${entry.pattern}" serves, for ${entry.owners.join(' ')}`,
          ),
        ],
      })
    }
  }
  return [...services.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function listCandidates(entries: readonly CodeownersEntry[], report: Report): Candidate[] {
  const found = new Map<string, Candidate>()
  for (const entry of entries) {
    const place = placeOf(entry.pattern)
    if (place.kind === 'everything') continue
    const reason =
      place.kind === 'folder' ? whyNoService(place.path) : `is a ${place.kind}, not a folder`
    if (place.kind !== 'folder' || (reason !== undefined && !entry.generated)) {
      report(
        entry,
        `${reason ?? ''}, and is left out`,
        'nothing, unless it serves requests: then list them as routes',
      )
      continue
    }
    const { path, anchored } = place
    found.set(path, { entry, path, glob: `${anchored ? '' : '**/'}${path}/**` })
  }
  return [...found.values()]
}

/** In the block of the export, a comment names the services. */
function namesOf({ entry, path }: Candidate, taken: ReadonlyMap<string, unknown>): string[] {
  if (entry.generated && entry.comment !== undefined) {
    return entry.comment.split(', ').map(serviceNameOf)
  }
  const short = serviceNameOf(path.split('/').at(-1) ?? path)
  return [taken.has(short) ? freeName(serviceNameOf(path.replaceAll('/', '-')), taken) : short]
}

/** The team that the last line names for a folder; a doubt for whoever else is named. */
function decideTeam(
  { entry, path }: Candidate,
  entries: readonly CodeownersEntry[],
  teams: ReadonlyMap<string, string>,
  report: Report,
): { readonly team: string | undefined; readonly doubts: readonly string[] } {
  const deciding = entriesFor(path, entries)
  const later = deciding.find(other => other.section === entry.section && other !== entry)
  if (later !== undefined) {
    const line = later.at.split(':').at(-2)
    report(
      entry,
      `has no effect: "${later.pattern}" on line ${line} takes it as well`,
      'remove the line, or move it below',
    )
  }
  const owners = [...new Set(deciding.flatMap(other => other.owners))].map(readOwner)
  const [first, ...others] = owners.filter(({ kind }) => kind === 'team')
  for (const { kind, handle } of owners) {
    if (kind === 'team') continue
    const what = kind === 'person' ? 'a person, and only a team can own something' : 'no owner'
    report(entry, `belongs to ${handle}, which is ${what}`, 'name a team')
  }
  if (first === undefined) {
    const named = owners.length === 0 ? 'nobody' : owners.map(({ handle }) => handle).join(', ')
    return { team: undefined, doubts: [`which team it belongs to: CODEOWNERS names ${named}`] }
  }
  const doubts = others.map(
    ({ handle }) => `which roles ${teams.get(handle) ?? handle} has, which is named as well`,
  )
  return { team: teams.get(first.handle), doubts }
}
