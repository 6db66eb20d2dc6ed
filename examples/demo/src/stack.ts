import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDatabase } from '@throughline-example/database'
import type { Collector } from '@throughline/testing'
import { findPort } from './ports.ts'
import type { RunRecord } from './run-record.ts'
import { startService, type ServiceCommand, type ServiceProcess } from './service-process.ts'
import type { Talk } from './talk.ts'

/** Folder of the examples. */
export const EXAMPLES: string = fileURLToPath(new URL('../../', import.meta.url))

/** Ports that the catalog of the examples knows; the next free one is taken where one is not free. */
const WANTED_PORTS = { web: 3000, partnerApi: 3001, payments: 3002, reportWorker: 3003, metrics: 9464 } as const
const REGISTER = ['--import', '@throughline/node/register']

/** Addresses of the running demo. */
export interface Addresses {
  readonly web: string
  readonly partnerApi: string
  readonly payments: string
  readonly reportWorker: string
  /** Where each service serves `/metrics`. */
  readonly metrics: Readonly<Record<string, string>>
}

/** The running demo. */
export interface Stack {
  readonly addresses: Addresses
  /** Path of the catalog that the services run with. */
  readonly catalog: string
  /** Rejects when a service ends by itself. */
  readonly failed: Promise<never>
  stop(): Promise<void>
}

/** What starting the demo needs. */
export interface StackOptions {
  readonly collector: Collector
  readonly record: RunRecord
  readonly talk: Talk
  readonly signal: AbortSignal
}

/** Starts the database and every service; on failure stops what was started and rejects. */
export async function startStack({ collector, record, talk, signal }: StackOptions): Promise<Stack> {
  await using undo = new AsyncDisposableStack()
  const ports = await choosePorts(talk)
  const catalog = writeCatalog(record.folder, ports)

  talk.say('starting PostgreSQL …')
  const database = await startDatabase({ folder: join(record.folder, 'database'), log: () => undefined })
  undo.defer(() => database.stop())

  const telemetry = {
    ...collector.env,
    THROUGHLINE_CATALOG: catalog,
    DATABASE_URL: database.url,
  }
  const services: ServiceProcess[] = []
  for (const command of describeServices(ports, telemetry)) {
    talk.say(`starting ${command.name} …`)
    const service = await startService(command, signal)
    record.add(service.pid)
    undo.defer(() => service.stop())
    services.push(service)
  }

  const stop = undo.move()
  return {
    addresses: describeAddresses(ports),
    catalog,
    failed: Promise.race(services.map(service => service.failed)),
    stop: () => stop.disposeAsync(),
  }
}
