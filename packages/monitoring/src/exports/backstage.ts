import { createHash } from 'node:crypto'
import { type Dependency, ROLES, type Service, type ServiceKind } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import { renderYaml, type YamlValue } from '../yaml-text.ts'
import { GENERATED_LINE } from '../generated-line.ts'

/** Annotations with which an import of this file gets back what Backstage has no word for. */
export const BACKSTAGE_ANNOTATIONS = {
  /** Name in the catalog, where the entity could not have it. */
  name: 'throughline/name',
  /** Globs of source files, one a line. */
  paths: 'throughline/paths',
  /** `productionFix: growth`, one a line. */
  roles: 'throughline/roles',
} as const

/** Backstage's word for a kind of service; types are free, and these are the well-known ones where there is one. */
export const BACKSTAGE_TYPES: Readonly<Record<ServiceKind, string>> = {
  next: 'website',
  node: 'service',
  worker: 'worker',
  external: 'external',
}

interface Entity {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: Readonly<Record<string, YamlValue>>
}

/**
 * A `catalog-info.yaml` of Backstage: a Group for each team, a Component for each service, and a Resource for each database
 * and each foreign host that services depend on.
 *
 * A Component belongs to the team that fixes it in production; the other roles are in an annotation, since Backstage knows
 * one owner. What two services depend on belongs to the team of the first that lists it.
 */
export function renderBackstage(ownership: Ownership): string {
  const entities = [groups, components, resources].flatMap(list =>
    list(ownership).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
  )
  const documents = entities.map(entity =>
    renderYaml({ apiVersion: 'backstage.io/v1alpha1', ...entity }),
  )
  return `${GENERATED_LINE}\n${documents.join('---\n')}`
}

function groups({ catalog }: Ownership): Entity[] {
  return [...catalog.teams].map(([id, { name, github }]) => ({
    kind: 'Group',
    metadata: {
      name: entityName(id),
      ...(github?.includes('/') === true && {
        annotations: { 'github.com/team-slug': github.slice(1) },
      }),
    },
    spec: { type: 'team', profile: { displayName: name }, children: [] },
  }))
}

function components({ catalog, resolver }: Ownership): Entity[] {
  return [...catalog.services].map(([name, service]) => {
    const owner = resolver.role(name, 'productionFix').team ?? catalog.org.defaultTeam.team
    const needs = service.dependencies.map(dependency => {
      const callee = dependency.host && resolver.serviceByHost(dependency.host)
      return callee === undefined
        ? `resource:default/${resourceName(dependency)}`
        : `component:default/${entityName(callee)}`
    })
    const dependsOn = [...new Set(needs)].toSorted()
    return {
      kind: 'Component',
      metadata: named(name, annotationsOf(service)),
      spec: {
        type: BACKSTAGE_TYPES[service.kind],
        lifecycle: 'production',
        owner: `group:default/${entityName(owner)}`,
        ...(dependsOn.length > 0 && { dependsOn }),
      },
    }
  })
}

function annotationsOf({ paths, roles }: Service): Record<string, string> {
  const held = ROLES.flatMap(role => {
    const assignment = roles?.[role]
    return assignment === undefined ? [] : [`${role}: ${assignment.team}`]
  })
  return {
    ...(paths.length > 0 && { [BACKSTAGE_ANNOTATIONS.paths]: paths.join('\n') }),
    ...(held.length > 0 && { [BACKSTAGE_ANNOTATIONS.roles]: held.join('\n') }),
  }
}

function resources({ catalog, resolver }: Ownership): Entity[] {
  const found = new Map<string, Entity>()
  for (const dependency of [...catalog.services.values()].flatMap(
    service => service.dependencies,
  )) {
    const { host, db, team } = dependency
    const name = resourceName(dependency)
    if (found.has(name) || (host !== undefined && resolver.serviceByHost(host) !== undefined))
      continue
    found.set(name, {
      kind: 'Resource',
      metadata: { ...named(host ?? db ?? '', {}), name },
      spec: {
        type: db === undefined ? 'host' : 'database',
        owner: `group:default/${entityName(team)}`,
      },
    })
  }
  return [...found.values()]
}

/** Kinds apart, so that a host and a database may be called alike. */
const resourceName = ({ host, db = '' }: Dependency): string =>
  host === undefined ? entityName(db) : `host-${entityName(host)}`

function named(name: string, annotations: Readonly<Record<string, string>>): Entity['metadata'] {
  const all = {
    ...(entityName(name) !== name && { [BACKSTAGE_ANNOTATIONS.name]: name }),
    ...annotations,
  }
  return { name: entityName(name), ...(Object.keys(all).length > 0 && { annotations: all }) }
}

/** A name that Backstage takes: letters, digits, `-`, `_` and `.`, at most 63; the end of one that is not is a hash of it. */
function entityName(text: string): string {
  if (/^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/.test(text) && text.length <= 63) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  const slug = text.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
  return `${slug.slice(0, 63 - hash.length - 1)}-${hash}`
}
