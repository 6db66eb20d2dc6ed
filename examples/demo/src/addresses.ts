import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPort } from './ports.ts'
import type { Talk } from './talk.ts'

/** Names of the services that listen. */
export type ServiceName = 'web' | 'partner-api' | 'payments' | 'report-worker'

/** Ports as the catalog of the examples has them. */
const WANTED: Readonly<Record<ServiceName, number>> = {
  web: 3000,
  'partner-api': 3001,
  payments: 3002,
  'report-worker': 3003,
}

/** Where `/metrics` of each service is; OpenTelemetry's default port for the first. */
const WANTED_METRICS = { web: 9464, 'partner-api': 9465, 'report-worker': 9466 } as const

/** Ports of the running demo. */
export interface Ports {
  readonly services: Readonly<Record<ServiceName, number>>
  readonly metrics: Readonly<Record<keyof typeof WANTED_METRICS, number>>
}

/** Address of a port on this machine. */
export const urlOf = (port: number): string => `http://127.0.0.1:${port}`

/** Where the services of a run listen, and the catalog that says so. */
export interface Placement {
  readonly ports: Ports
  /** Path of the catalog. */
  readonly catalog: string
}

/** Gives each service a place, and prepares a catalog for them; a copy of it goes to `folder` if ports have to differ. */
export async function placeServices(
  talk: Talk,
  folder: string,
  catalog: string,
): Promise<Placement> {
  const ports = await choosePorts(talk)
  return { ports, catalog: prepareCatalog(catalog, folder, ports.services) }
}

/** Takes the wanted ports, and the next free ones in place of those that are not free, which it says. */
async function choosePorts(talk: Talk): Promise<Ports> {
  // Whoever has to move goes past the ports of the others, which would else have to move too.
  const reserved = new Set<number>([...Object.values(WANTED), ...Object.values(WANTED_METRICS)])
  const choose = async <Name extends string>(
    wanted: Readonly<Record<Name, number>>,
  ): Promise<Record<Name, number>> => {
    const chosen = { ...wanted } as Record<Name, number>
    for (const [name, port] of Object.entries(wanted) as [Name, number][]) {
      reserved.delete(port)
      chosen[name] = await findPort(port, reserved)
      reserved.add(chosen[name])
      if (chosen[name] !== port) talk.say(`port ${port} is taken; ${name} uses ${chosen[name]}`)
    }
    return chosen
  }
  return { services: await choose(WANTED), metrics: await choose(WANTED_METRICS) }
}

/** The catalog to run with: the examples' own, or a copy in `folder` where services had to move to other ports. */
export function prepareCatalog(
  catalog: string,
  folder: string,
  services: Partial<Ports['services']>,
): string {
  const moved = Object.entries(WANTED).filter(
    ([name, port]) => (services[name as ServiceName] ?? port) !== port,
  )
  if (moved.length === 0) return catalog
  const text = readFileSync(catalog, 'utf8').replaceAll(
    /127\.0\.0\.1:(\d+)/g,
    (address, port: string) => {
      const [name] = moved.find(([, wanted]) => String(wanted) === port) ?? []
      return name === undefined ? address : `127.0.0.1:${services[name as ServiceName]}`
    },
  )
  const copy = join(folder, 'ownership.yaml')
  writeFileSync(copy, text)
  return copy
}
