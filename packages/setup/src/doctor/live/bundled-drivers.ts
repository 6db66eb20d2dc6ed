import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { NextApp } from '../../project/project.ts'
import type { Finding } from '../finding.ts'

/** A text of each driver that stands in no other code, and that a minifier leaves as it is. */
const MARKS: Readonly<Record<string, string>> = {
  amqplib: 'ChannelOpenOk',
  ioredis: 'Reached the max retries per request limit',
  kafkajs: 'KAFKAJS_NO_PARTITIONER_WARNING',
  knex: 'Knex: Timeout acquiring a connection',
  mongodb: 'MongoTopologyClosedError',
  mysql2: 'Unexpected packet while no commands in the queue',
  pg: 'Client was closed and is not queryable',
  '@redis/client': 'Socket closed unexpectedly',
}

/** Where `next build` and `next dev` put what the server runs. */
const OUTPUTS = ['.next/server', '.next/dev/server']

/** Drivers that Next.js has built into its chunks, so that Node does not load them and nothing can trace them. */
export function findBundledDrivers(app: NextApp): readonly Finding[] {
  const found = new Map<string, string>()
  for (const path of OUTPUTS.flatMap(folder => listChunks(join(app.folder, folder)))) {
    const code = readFileSync(path, 'utf8')
    for (const driver of findDrivers(code)) {
      if (!found.has(driver)) found.set(driver, relative(app.folder, path).replaceAll('\\', '/'))
    }
  }
  return [...found].map(([driver, chunk]) => ({
    code: 'DRIVER_BUNDLED',
    level: 'error',
    service: app.service,
    at: app.path === '' ? chunk : `${app.path}/${chunk}`,
    what: `${driver} was bundled into the application`,
    why: 'Node does not load it, so its queries are no spans and are not measured',
    fix: `add "${driver}" to serverExternalPackages of next.config, and build again`,
  }))
}

/** Drivers whose code a chunk holds. */
function findDrivers(code: string): readonly string[] {
  return Object.keys(MARKS).filter(driver => code.includes(MARKS[driver] ?? driver))
}

function listChunks(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith('.js'))
      .map(entry => join(entry.parentPath, entry.name))
      .toSorted()
  } catch (error) {
    // Nothing was built yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
