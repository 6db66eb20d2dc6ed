import type { Problem } from '@throughline/catalog'
import { type BackstageEntity, readEntities, type Remark } from '../imports/backstage-entities.ts'
import { sketchComponents } from '../imports/backstage-services.ts'
import { sketchTeams as sketchGroups } from '../imports/backstage-teams.ts'
import type { Doubtful, SketchedService, SketchedTeam } from '../imports/catalog-sketch.ts'
import { entriesFor, placeOf } from '../imports/codeowners-folders.ts'
import { type CodeownersEntry, readCodeowners } from '../imports/codeowners-lines.ts'
import { nameTeams, readOwner } from '../imports/handles.ts'
import { NOBODY, sketchTeams } from '../imports/import-codeowners.ts'
import { idOf, mostFrequent, serviceNameOf } from '../imports/names.ts'
import { type DraftApp, globOf, type RepositoryMaterial } from './read-draft-input.ts'

/** Who owns what, as far as CODEOWNERS and Backstage say. */
export interface DraftOwners {
  /** Files that say something, for the first line of a draft. */
  readonly files: readonly string[]
  readonly github: string | undefined
  readonly remarks: readonly Problem[]
  /** What Backstage says of an application. */
  component(app: DraftApp): SketchedService | undefined
  /** The teams that CODEOWNERS names for a file or a folder. */
  reviewers(path: string): readonly string[]
  /** The team that CODEOWNERS names for `*`. */
  readonly ofAll: string | undefined
  /** The team of whatever nobody else has, where `fixers` are the teams of the services. */
  defaultTeam(fixers: readonly string[]): Doubtful<string>
  /** Every team, and the default one. */
  teams(defaultTeam: string): readonly SketchedTeam[]
}

/** Reads who owns what from CODEOWNERS and Backstage. */
export function readOwners({ codeowners, backstage }: RepositoryMaterial): DraftOwners {
  const { entries, remarks } =
    codeowners === undefined
      ? { entries: [], remarks: [] }
      : readCodeowners(codeowners.text, codeowners.file)
  const entities = readEntities(backstage)
  const described = entities.entities.filter(({ kind }) => kind === 'Group' || kind === 'Component')
  const found: Problem[] = [...remarks, ...entities.remarks]
  const { groups, components } = readComponents(
    entities.entities,
    ({ at, kind, name }, message, fix) =>
      found.push({ at, message: `${kind} "${name}" ${message}`, fix }),
  )
  const handles = entries
    .flatMap(({ owners }) => owners.map(readOwner))
    .filter(({ kind }) => kind === 'team')
    .map(({ handle }) => handle)
  const ids = nameTeams(handles, sameTeams(handles, groups))
  const reviewersOf = (deciding: readonly CodeownersEntry[]): string[] => [
    ...new Set(deciding.flatMap(({ owners }) => owners.flatMap(owner => ids.get(owner) ?? []))),
  ]
  const isEverything = ({ pattern }: CodeownersEntry): boolean =>
    placeOf(pattern).kind === 'everything'
  const [ofAll] = reviewersOf(entries.filter(isEverything).slice(-1))
  return {
    files: [
      ...(codeowners === undefined || entries.length === 0 ? [] : [codeowners.file]),
      ...new Set(described.map(({ file }) => file)),
    ],
    github: mostFrequent(
      handles
        .map(handle => handle.slice(1).split('/')[0] ?? '')
        .filter(name => /^[A-Za-z0-9](-?[A-Za-z0-9])*$/.test(name)),
    ),
    remarks: found,
    component: app => components.find(component => describes(component, app)),
    reviewers: path => reviewersOf(entriesFor(path, entries)),
    ofAll,
    defaultTeam: fixers => {
      if (ofAll !== undefined) return { value: ofAll, doubts: [] }
      return {
        value:
          mostFrequent(fixers) ?? [...ids.values(), ...groups.map(({ id }) => id)][0] ?? NOBODY,
        doubts: ['who answers for whatever nothing below gives to a team'],
      }
    },
    teams: defaultTeam => mergeTeams(groups, ids, defaultTeam),
  }
}

/** Backstage's groups as teams and its components as services, where it describes any. */
function readComponents(
  entities: readonly BackstageEntity[],
  remark: Remark,
): { readonly groups: readonly SketchedTeam[]; readonly components: readonly SketchedService[] } {
  if (entities.length === 0) return { groups: [], components: [] }
  const teams = sketchGroups(entities, remark)
  return {
    // Without any team, Backstage's import makes one up; here others may name some.
    groups: teams.list.filter(({ id }) => id !== NOBODY || teams.teamOf(id) === id),
    components: sketchComponents(entities, teams, remark),
  }
}

/** Handles that name a group of Backstage, with its id: by its annotation, else by its name. */
function sameTeams(
  handles: readonly string[],
  groups: readonly SketchedTeam[],
): ReadonlyMap<string, string> {
  return new Map(
    handles.flatMap(handle => {
      const short = idOf(handle.split('/').at(-1) ?? handle)
      const group =
        groups.find(({ github }) => github === handle) ??
        groups.find(({ id, github }) => github === undefined && id === short)
      return group === undefined ? [] : [[handle, group.id] as const]
    }),
  )
}

/** Whether a component has the name of an application, or its folder. */
const describes = ({ name, paths }: SketchedService, app: DraftApp): boolean =>
  name === serviceNameOf(app.service) || (app.path !== '' && paths.includes(globOf(app)))

function mergeTeams(
  groups: readonly SketchedTeam[],
  ids: ReadonlyMap<string, string>,
  defaultTeam: string,
): SketchedTeam[] {
  const reviewing = new Map(sketchTeams(ids, defaultTeam).map(team => [team.id, team]))
  const merged = groups.map(team => ({
    ...team,
    github: team.github ?? reviewing.get(team.id)?.github,
  }))
  const known = new Set(groups.map(({ id }) => id))
  return [...merged, ...[...reviewing.values()].filter(({ id }) => !known.has(id))].toSorted(
    (a, b) => (a.id < b.id ? -1 : 1),
  )
}
