import { posix } from 'node:path'
import { hostFormat } from '@throughline/catalog'
import type { Expression } from 'oxc-parser'
import type { SketchedDependency } from '../imports/catalog-sketch.ts'
import { recordOf } from '../lint/json.ts'
import { constantText } from '../lint/routes-in-code/constant-text.ts'
import type { SourceModule } from '../lint/routes-in-code/source-module.ts'
import { openSources, type SourceTree } from '../lint/routes-in-code/source-tree.ts'
import { keyOf, unwrap, walk } from '../lint/routes-in-code/syntax.ts'
import type { DraftMaterial } from './read-draft-input.ts'

/** What each driver talks to. */
const DRIVERS: Readonly<Record<string, string>> = {
  '@libsql/client': 'libSQL',
  '@neondatabase/serverless': 'PostgreSQL',
  '@planetscale/database': 'MySQL',
  '@prisma/client': 'Prisma',
  'better-sqlite3': 'SQLite',
  'cassandra-driver': 'Cassandra',
  ioredis: 'Redis',
  mariadb: 'MariaDB',
  mongodb: 'MongoDB',
  mongoose: 'MongoDB',
  mssql: 'SQL Server',
  mysql: 'MySQL',
  mysql2: 'MySQL',
  oracledb: 'Oracle',
  pg: 'PostgreSQL',
  postgres: 'PostgreSQL',
  redis: 'Redis',
  sqlite3: 'SQLite',
}

/** What somebody should decide about the databases and hosts that an application seems to use, and that are not known. */
export function doubtDependencies(
  { app, sources }: DraftMaterial,
  known: readonly SketchedDependency[],
): string[] {
  const hasDatabase = known.some(({ key }) => key === 'db')
  const drivers = hasDatabase ? [] : listDrivers(sources.get(posix.join(app.path, 'package.json')))
  const hosts = listHosts(sources).filter(({ host }) => !known.some(({ name }) => name === host))
  return [
    ...drivers.map(
      driver =>
        `whose database it is that package.json has ${driver} for (${DRIVERS[driver]}): dependencies: [{ db: …, team: … }]`,
    ),
    ...hosts.map(
      ({ host, at }) =>
        `whose ${host} is, which ${at} calls: dependencies: [{ host: ${JSON.stringify(host)}, team: … }]`,
    ),
  ]
}

function listDrivers(manifest: string | undefined): string[] {
  try {
    const { dependencies } = recordOf(JSON.parse(manifest ?? '{}'))
    return Object.keys(recordOf(dependencies))
      .filter(name => Object.hasOwn(DRIVERS, name))
      .toSorted()
  } catch {
    // A package.json that is no JSON names no driver.
    return []
  }
}

/** Hosts in the addresses that `fetch` is given, each with the first place that names it. */
function listHosts(files: ReadonlyMap<string, string>): { host: string; at: string }[] {
  const sources = openSources(files)
  const found = new Map<string, string>()
  for (const path of sources.paths) {
    const module = files.get(path)?.includes('fetch') === true ? sources.module(path) : undefined
    if (module === undefined) continue
    walk(module.program, node => {
      if (node.type !== 'CallExpression' || keyOf(node.callee) !== 'fetch') return
      const [address] = node.arguments
      const host =
        address === undefined || address.type === 'SpreadElement'
          ? undefined
          : hostOf(beginningOf(address, module, sources))
      if (host !== undefined && !found.has(host)) found.set(host, module.at(node.start))
    })
  }
  return [...found]
    .map(([host, at]) => ({ host, at }))
    .toSorted((a, b) => (a.host < b.host ? -1 : 1))
}

/** What a text begins with, as far as it is always the same; `…` stands for the rest. */
function beginningOf(expression: Expression, module: SourceModule, sources: SourceTree): string {
  const node = unwrap(expression)
  const whole = constantText(node, module, sources)
  if (whole !== undefined) return whole
  if (node.type === 'BinaryExpression' && node.left.type !== 'PrivateIdentifier')
    return `${beginningOf(node.left, module, sources)}…`
  if (node.type !== 'TemplateLiteral') return '…'
  let text = ''
  for (const [index, { value }] of node.quasis.entries()) {
    text += value.cooked ?? ''
    const next = node.expressions[index]
    const part = next && constantText(next, module, sources)
    if (part === undefined) break
    text += part
  }
  return `${text}…`
}

/** The host of an address, once it is surely whole; those of one machine are no dependency of what runs elsewhere. */
function hostOf(address: string): string | undefined {
  const [, written = ''] = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@]+)(?=[/?#]|$)/i.exec(address) ?? []
  const host = hostFormat.parse(written)
  return host === undefined || /^(localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(host)
    ? undefined
    : host
}
