import type { Problem } from '@throughline/catalog'
import { LineCounter, parseAllDocuments } from 'yaml'

/** A file of another tool, and its name as remarks show it. */
export interface ImportedFile {
  readonly file: string
  readonly text: string
}

/** An entity of Backstage. */
export interface BackstageEntity {
  readonly file: string
  /** `file:line:column`. */
  readonly at: string
  /** As it is written: `Component`. */
  readonly kind: string
  readonly name: string
  /** `component:default/web`, in small letters, as Backstage compares references. */
  readonly ref: string
  readonly title: string | undefined
  readonly annotations: Readonly<Record<string, string>>
  readonly spec: Readonly<Record<string, unknown>>
}

/** Says something about an entity. */
export type Remark = (entity: BackstageEntity, message: string, fix: string) => void

type Fields = Readonly<Record<string, unknown>>

/** The entities of `catalog-info.yaml` files, and a remark for each document that is none. Never throws. */
export function readEntities(files: readonly ImportedFile[]): {
  readonly entities: readonly BackstageEntity[]
  readonly remarks: readonly Problem[]
} {
  const entities = new Map<string, BackstageEntity>()
  const remarks: Problem[] = []
  for (const { file, text } of files) {
    const lineCounter = new LineCounter()
    const placeOf = (offset: number): string => {
      const { line, col } = lineCounter.linePos(offset)
      return `${file}:${line}:${col}`
    }
    for (const document of documentsOf(text, lineCounter)) {
      if ('mistake' in document) {
        const { offset, mistake } = document
        const fix = 'mend the YAML, or render the template it is made from first'
        remarks.push({ at: placeOf(offset), message: `is not YAML: ${mistake}`, fix })
        continue
      }
      const at = placeOf(document.offset)
      const entity = readEntity(document.value, file, at)
      if (entity === undefined) {
        const message = 'is no entity of Backstage: it needs a kind and a metadata.name'
        remarks.push({ at, message, fix: 'leave the document out' })
      } else if (entities.has(entity.ref)) {
        const message = `${entity.ref} stands at ${entities.get(entity.ref)?.at} already`
        remarks.push({ at, message, fix: 'remove one of the two' })
      } else entities.set(entity.ref, entity)
    }
  }
  return { entities: [...entities.values()], remarks }
}

type Document =
  | { readonly offset: number; readonly value: unknown }
  | { readonly offset: number; readonly mistake: string }

function documentsOf(text: string, lineCounter: LineCounter): Document[] {
  const documents = parseAllDocuments(text, { prettyErrors: false, lineCounter })
  return [...documents].flatMap((document): Document[] => {
    const offset = document.contents?.range?.[0] ?? document.range[0]
    const [error] = document.errors
    if (error !== undefined) return [{ offset: error.pos[0], mistake: firstLine(error.message) }]
    if (document.contents === null) return []
    try {
      return [{ offset, value: document.toJS({ maxAliasCount: 100 }) as unknown }]
    } catch (failure) {
      // Aliases that expand without end, or that name nothing.
      return [{ offset, mistake: firstLine((failure as Error).message) }]
    }
  })
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text

function readEntity(value: unknown, file: string, at: string): BackstageEntity | undefined {
  const { kind, metadata, spec } = fieldsOf(value)
  const { name, namespace, title, annotations } = fieldsOf(metadata)
  if (typeof kind !== 'string' || typeof name !== 'string' || /[{}]/.test(name)) return undefined
  const space = typeof namespace === 'string' ? namespace : 'default'
  return {
    file,
    at,
    kind,
    name,
    ref: `${kind}:${space}/${name}`.toLowerCase(),
    title: typeof title === 'string' ? title : undefined,
    annotations: Object.fromEntries(
      Object.entries(fieldsOf(annotations)).map(([key, text]) => [key, String(text)]),
    ),
    spec: fieldsOf(spec),
  }
}

/** The keys of a mapping; none when it is something else. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/** A text; an empty one when it is something else. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The texts of a list; none when it is something else. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

/** The owner that an entity names; nothing when it names none. */
export function ownerOf({ spec: { owner } }: BackstageEntity): string | undefined {
  return typeof owner === 'string' && owner.trim() !== '' ? owner : undefined
}

/** A reference in full, `group:default/billing`, of one that may leave out kind and namespace. */
export function fullRef(text: string, defaultKind: string): string {
  const {
    kind = defaultKind,
    namespace = 'default',
    name = '',
  } = /^(?:(?<kind>[^:/]+):)?(?:(?<namespace>[^:/]+)\/)?(?<name>[^/]+)$/.exec(text.trim())
    ?.groups ?? {}
  return `${kind}:${namespace}/${name}`.toLowerCase()
}
