import { join } from 'node:path'
import type { Files } from './files.ts'
import { listYamlBelow } from './yaml-files.ts'

/** The part of a service that checks read, as a Compose file has it. */
export interface Service {
  readonly image?: string
  readonly build?: unknown
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly secrets?: readonly string[]
  readonly network_mode?: string
  readonly read_only?: boolean
  readonly privileged?: boolean
  readonly restart?: string
  readonly cap_drop?: readonly string[]
  readonly cap_add?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly extra_hosts?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
}

/** A Compose file. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes?: Readonly<Record<string, unknown>>
  readonly secrets?: Readonly<Record<string, { readonly environment?: string }>>
}

/** What one `docker compose` command would start: the file compose.yaml, with an overlay or without. */
export interface Stack {
  /** The files it is made of, for messages. */
  readonly name: string
  readonly files: Files
  readonly services: ReadonlyMap<string, Service>
  readonly volumes: readonly string[]
  readonly secrets: Readonly<Record<string, { readonly environment?: string }>>
}

export const BASE = 'compose/compose.yaml'
export const PAGING = 'compose/compose.paging.yaml'
export const EXAMPLES = 'compose/compose.examples.yaml'

/** Each of the Compose files, by its path. */
export function readComposeFile(files: Files, path: string): ComposeFile {
  return files.yaml(path) as ComposeFile
}

/** The Compose files that there are. */
export function listComposeFiles(files: Files): string[] {
  return files.paths.filter(path => /^compose\/compose(?:\.\w+)?\.yaml$/.test(path))
}

/** The stack alone, and with each overlay that there is. */
export function listStacks(files: Files): Stack[] {
  const overlays = listComposeFiles(files).filter(path => path !== BASE)
  return [readStack(files, [BASE]), ...overlays.map(path => readStack(files, [BASE, path]))]
}

/** Lays Compose files over one another, as Compose does. */
export function readStack(files: Files, paths: readonly string[]): Stack {
  const parts = paths.map(path => readComposeFile(files, path))
  const services = new Map<string, Service>()
  for (const [name, service] of parts.flatMap(part => Object.entries(part.services))) {
    services.set(name, overlay(services.get(name) ?? {}, service))
  }
  return {
    name: paths.join(' + '),
    files,
    services,
    volumes: parts.flatMap(part => Object.keys(part.volumes ?? {})),
    secrets: Object.assign({}, ...parts.map(part => part.secrets ?? {})) as Stack['secrets'],
  }
}

/** A list is added to, but of two mounts at one place the later counts; anything else is replaced. */
function overlay(under: Service, over: Service): Service {
  const volumes = [...(under.volumes ?? []), ...(over.volumes ?? [])]
  const byTarget = new Map(volumes.map(volume => [parseMount(volume).target, volume]))
  return {
    ...under,
    ...over,
    volumes: [...byTarget.values()],
    ports: [...(under.ports ?? []), ...(over.ports ?? [])],
    secrets: [...(under.secrets ?? []), ...(over.secrets ?? [])],
    environment: { ...under.environment, ...over.environment },
  }
}

/** A mount in its short form, `source:target:mode`. */
export interface Mount {
  /** Path in the checkout, or the name of a volume. */
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
  readonly isBind: boolean
}

function parseMount(volume: string): Mount {
  const [source = '', target = '', mode = ''] = volume.split(':')
  const isBind = /^[./~]/.test(source)
  return {
    source: isBind ? join('compose', source) : source,
    target,
    readOnly: mode.split(',').includes('ro'),
    isBind,
  }
}

/** Mounts of a service. */
export const listMounts = ({ volumes = [] }: Service): Mount[] => volumes.map(parseMount)

/** Values of the YAML files of compose/ that a service reads. What is generated stands in other folders. */
export function listConfigs({ files }: Stack, service: Service): unknown[] {
  return listMounts(service)
    .filter(({ isBind, source }) => isBind && source.startsWith('compose/'))
    .flatMap(({ source }) => listYamlBelow(files, source))
    .map(path => files.yaml(path))
}
