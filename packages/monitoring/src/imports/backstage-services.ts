import { type Role, ROLES, type ServiceKind } from '@throughline/catalog'
import { BACKSTAGE_ANNOTATIONS, BACKSTAGE_TYPES } from '../exports/backstage.ts'
import {
  type BackstageEntity,
  fullRef,
  ownerOf,
  type Remark,
  textOf,
  textsOf,
} from './backstage-entities.ts'
import type { BackstageTeams } from './backstage-teams.ts'
import type { SketchedDependency, SketchedService } from './catalog-sketch.ts'
import { freeName, serviceNameOf } from './names.ts'

/** Types of Components that do not run by themselves. */
const NOT_RUNNING =
  /^(library|documentation|docs|tool|cli|plugin|package|template|design|mobile.*)$/i

/** Makes a service of each Component that runs, with the databases and hosts that it depends on. */
export function sketchComponents(
  entities: readonly BackstageEntity[],
  teams: BackstageTeams,
  remark: Remark,
): readonly SketchedService[] {
  const byRef = new Map(entities.map(entity => [entity.ref, entity]))
  const components = entities.filter(({ kind }) => kind === 'Component')
  const services = new Map<string, SketchedService>()
  for (const component of components) {
    const { annotations, file, spec } = component
    const type = textOf(spec['type'])
    if (NOT_RUNNING.test(type)) {
      remark(
        component,
        `is a ${type}, not a service, and is left out`,
        'nothing, unless it serves requests',
      )
      continue
    }
    const isAlone = components.filter(other => other.file === file).length === 1
    const wanted = annotations[BACKSTAGE_ANNOTATIONS.name] ?? component.name
    const name = freeName(serviceNameOf(wanted), services)
    const needs = needsOf(component, byRef, teams, remark)
    services.set(name, {
      name,
      ...kindOf(component, type),
      paths: pathsOf(component, isAlone),
      roles: rolesOf(component, teams),
      routes: [],
      dependencies: needs.dependencies,
      doubts: [...doubtsOf(component, byRef, teams, remark), ...needs.doubts],
    })
  }
  return [...services.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function kindOf(
  { annotations }: BackstageEntity,
  type: string,
): Pick<SketchedService, 'kind' | 'kindIsGuess'> {
  const known = (Object.keys(BACKSTAGE_TYPES) as ServiceKind[]).find(
    kind => BACKSTAGE_TYPES[kind] === type.toLowerCase(),
  )
  const isExported = BACKSTAGE_ANNOTATIONS.roles in annotations || type === BACKSTAGE_TYPES.external
  return { kind: known ?? 'node', kindIsGuess: known === undefined || !isExported }
}

/** The globs that the export wrote; else the folder of its sources; else that of a file that is about it alone. */
function pathsOf({ annotations, file }: BackstageEntity, isAlone: boolean): string[] {
  const exported = annotations[BACKSTAGE_ANNOTATIONS.paths]
  if (exported !== undefined) return exported.split('\n').filter(path => path.trim() !== '')
  const source = annotations['backstage.io/source-location'] ?? ''
  const located = /\/(?:tree|blob)\/[^/]+\/(?<folder>[^?#]+?)\/?$/.exec(source)?.groups?.['folder']
  const folder =
    located ?? (isAlone && !/^(\.\.|\/)/.test(file) ? file.replace(/(^|\/)[^/]*$/, '') : '')
  return folder === '' || folder === '.' ? [] : [`${folder.replace(/^\.\//, '')}/**`]
}

/** The roles that the export wrote; else its owner's. */
function rolesOf(component: BackstageEntity, teams: BackstageTeams): SketchedService['roles'] {
  const { annotations } = component
  const owner = teams.teamOf(ownerOf(component))
  const exported = (annotations[BACKSTAGE_ANNOTATIONS.roles] ?? '').split('\n').flatMap(line => {
    const { role, team } = /^(?<role>\w+): (?<team>\S+)$/.exec(line.trim())?.groups ?? {}
    const id = team === undefined ? undefined : teams.teamOf(team)
    return ROLES.includes(role as Role) && id !== undefined
      ? [{ role: role as Role, team: id }]
      : []
  })
  if (exported.length > 0 || owner === undefined) return exported
  return [{ role: 'productionFix', team: owner }]
}

function doubtsOf(
  component: BackstageEntity,
  byRef: ReadonlyMap<string, BackstageEntity>,
  teams: BackstageTeams,
  remark: Remark,
): string[] {
  const { spec } = component
  const owner = teams.teamOf(ownerOf(component))
  const doubts: string[] = []
  if (owner === undefined) {
    const named = ownerOf(component) ?? 'nobody'
    remark(
      component,
      `belongs to ${named}: only a team can own something`,
      'name a group as its owner',
    )
    doubts.push(`which team it belongs to: Backstage names ${named}`)
  }
  const lifecycle = textOf(spec['lifecycle'])
  if (lifecycle !== '' && lifecycle !== 'production')
    doubts.push(`the lifecycle of its routes: Backstage calls it ${lifecycle}`)
  for (const text of textsOf(spec['providesApis'])) {
    const api = byRef.get(fullRef(text, 'api'))
    const team = api && teams.teamOf(ownerOf(api))
    if (team !== undefined && team !== owner)
      doubts.push(`which routes ${text} has: it belongs to ${team}`)
  }
  return doubts
}

function needsOf(
  component: BackstageEntity,
  byRef: ReadonlyMap<string, BackstageEntity>,
  teams: BackstageTeams,
  remark: Remark,
): { readonly dependencies: readonly SketchedDependency[]; readonly doubts: readonly string[] } {
  const { dependsOn, consumesApis } = component.spec
  const refs = new Set([
    ...textsOf(dependsOn).map(text => fullRef(text, 'component')),
    ...textsOf(consumesApis).map(text => fullRef(text, 'api')),
  ])
  const dependencies = new Map<string, SketchedDependency>()
  const doubts: string[] = []
  for (const ref of [...refs].toSorted()) {
    const target = byRef.get(ref)
    const type = textOf(target?.spec['type']).toLowerCase()
    const name = target?.annotations[BACKSTAGE_ANNOTATIONS.name] ?? target?.name ?? ''
    const key = keyOf(type, name)
    const team = target && teams.teamOf(ownerOf(target))
    if (!ref.startsWith('resource:')) {
      doubts.push(
        `at which host it calls ${ref}: dependencies: [{ host: …, team: ${team ?? '…'} }]`,
      )
    } else if (target === undefined || key === undefined || team === undefined) {
      const why =
        target === undefined
          ? 'no Resource describes'
          : team === undefined
            ? 'no team owns'
            : `is a ${type},`
      remark(
        component,
        `depends on ${ref}, which ${why}`,
        'list it under dependencies or queues, with its team',
      )
      doubts.push(`what ${ref} is, and whose`)
    } else {
      dependencies.set(`${key} ${name}`, { key, name, team })
    }
  }
  return { dependencies: [...dependencies.values()], doubts }
}

/** The key under which a catalog lists a Resource. */
function keyOf(type: string, name: string): SketchedDependency['key'] | undefined {
  if (/database|postgres|mysql|mongo|redis/.test(type)) return 'db'
  return type === 'host' && /^(\*\.)?\w([\w.-]*\w)?(:\d{1,5})?$/.test(name) ? 'host' : undefined
}
