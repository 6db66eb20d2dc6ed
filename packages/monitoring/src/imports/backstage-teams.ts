import {
  type BackstageEntity,
  fieldsOf,
  fullRef,
  ownerOf,
  type Remark,
} from './backstage-entities.ts'
import type { SketchedTeam } from './catalog-sketch.ts'
import { freeName, idOf, nameOf } from './names.ts'

/** The teams of a Backstage catalog. */
export interface BackstageTeams {
  readonly list: readonly SketchedTeam[]
  /** Id of the team that a reference names; nothing when it names a person, or nobody. */
  teamOf(ref: string | undefined): string | undefined
}

/** Kinds whose owner answers for something. */
const OWNED = ['Component', 'Resource', 'API']

/** Groups that are teams or own something, and the groups that are named as owners and described nowhere. */
export function sketchTeams(entities: readonly BackstageEntity[], remark: Remark): BackstageTeams {
  const groups = entities.filter(({ kind }) => kind === 'Group')
  const owned = entities.filter(({ kind }) => OWNED.includes(kind))
  const owners = new Set(owned.flatMap(entity => groupOf(entity) ?? []))
  const ids = new Map<string, string>()
  const teams: SketchedTeam[] = []
  const add = (ref: string, name: string, team: Omit<SketchedTeam, 'id'>): void => {
    const id = freeName(idOf(name), new Set(ids.values()))
    ids.set(ref, id)
    teams.push({ id, ...team })
  }
  for (const group of groups) {
    const { ref, name, spec } = group
    if (!owners.has(ref) && !/^(team|squad)$/i.test(String(spec['type']))) {
      remark(group, 'owns nothing, and is left out', 'add it under teams if it should')
      continue
    }
    add(ref, name, { name: displayName(group), github: githubOf(group), doubts: [] })
  }
  for (const ref of [...owners].filter(owner => !ids.has(owner)).toSorted()) {
    const name = ref.slice(ref.indexOf('/') + 1)
    const owning = owned.find(entity => groupOf(entity) === ref)
    if (owning !== undefined)
      remark(owning, `belongs to ${ref}, which no Group describes`, 'name the file that does')
    add(ref, name, {
      name: nameOf(idOf(name)),
      github: undefined,
      doubts: [`whether it exists: no Group describes ${ref}`],
    })
  }
  if (teams.length === 0) {
    add('', 'unassigned', {
      name: 'Unassigned',
      github: undefined,
      doubts: ['which teams there are: no file names one'],
    })
  }
  return {
    list: teams.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    teamOf: ref => (ref === undefined ? undefined : ids.get(fullRef(ref, 'group'))),
  }
}

/** Reference of the group that owns an entity. */
function groupOf(entity: BackstageEntity): string | undefined {
  const owner = ownerOf(entity)
  const ref = owner === undefined ? '' : fullRef(owner, 'group')
  return /^group:.+\/.+$/.test(ref) ? ref : undefined
}

function displayName({ name, title, spec }: BackstageEntity): string {
  const { displayName: shown } = fieldsOf(spec['profile'])
  return typeof shown === 'string' && shown.trim() !== '' ? shown : (title ?? nameOf(idOf(name)))
}

function githubOf({ annotations }: BackstageEntity): string | undefined {
  const slug = annotations['github.com/team-slug'] ?? ''
  return /^[\w.-]+\/[\w.-]+$/.test(slug) ? `@${slug}` : undefined
}
