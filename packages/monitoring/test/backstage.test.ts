import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { renderBackstage } from '../src/exports/backstage.ts'
import { exampleOwnership, ownershipOf } from './read-ownership.ts'

interface Entity {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: {
    readonly owner?: string
    readonly dependsOn?: readonly string[]
    readonly type: string
  }
}

const entitiesOf = (text: string): Entity[] =>
  parseAllDocuments(text).map(document => {
    expect(document.errors).toEqual([])
    return document.toJS() as Entity
  })
const entities = entitiesOf(renderBackstage(exampleOwnership()))
const refOf = ({ kind, metadata: { name } }: Entity): string =>
  `${kind.toLowerCase()}:default/${name}`

test('each team is a Group and each service a Component', () => {
  const { teams, services } = exampleOwnership().catalog
  const names = (kind: string): string[] =>
    entities.filter(entity => entity.kind === kind).map(({ metadata }) => metadata.name)
  expect(names('Group')).toEqual([...teams.keys()].toSorted())
  expect(names('Component')).toEqual([...services.keys()].toSorted())
})

test('every reference names an entity that is there', () => {
  const refs = new Set(entities.map(refOf))
  for (const { spec } of entities) {
    for (const ref of [spec.owner ?? [], spec.dependsOn ?? []].flat()) expect(refs).toContain(ref)
  }
})

test('a component belongs to the team that fixes it, and depends on what it calls', () => {
  expect(entities.find(({ metadata: { name } }) => name === 'web')?.spec).toMatchObject({
    type: 'website',
    lifecycle: 'production',
    owner: 'group:default/growth',
    dependsOn: expect.arrayContaining(['component:default/payments', 'resource:default/app']),
  })
})

test('every entity satisfies the rules of Backstage for names and annotations', () => {
  const odd = ownershipOf(`version: 1
org: { defaultTeam: a }
teams: { a: { name: "A: the first", github: "@solo" } }
services:
  "@acme/${'very-'.repeat(20)}long.name":
    kind: node
    paths: ["a/**", "b c/**"]
    dependencies: [{ host: "*.s3.example.com:443", team: a }, { db: "app|public", team: a }]
`)
  const all = entitiesOf(renderBackstage(odd))
  expect(all).toHaveLength(4)
  expect(new Set(all.map(refOf)).size).toBe(4)
  for (const { apiVersion, metadata } of all) {
    expect(apiVersion).toBe('backstage.io/v1alpha1')
    expect(metadata.name).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/)
    expect(metadata.name.length).toBeLessThanOrEqual(63)
    for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
      expect(key).toMatch(/^[a-z0-9.-]+\/[a-zA-Z0-9_.-]{1,63}$/)
      expect(value).toBeTypeOf('string')
    }
  }
})
