import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { join } from 'node:path'
import { root } from './workspace.ts'
import type { Manifest } from './workspace.ts'

/** A version of something that a run was made of. */
export interface Version {
  readonly name: string
  readonly version: string
}

/** Which packages to name, by the folder that has them. */
const PACKAGES = {
  'packages/fixture-next-16': ['next', 'react'],
  'packages/fixture-next-15': ['next', 'react'],
  'packages/fixture-node': ['fastify', 'express', 'koa', 'ioredis', 'knex', 'pg'],
} as const

/** The versions that are installed, as the fixtures load them. */
export function readVersions(): Version[] {
  const found = Object.entries(PACKAGES).flatMap(([folder, names]) =>
    names.map(name => ({ name, version: readVersion(name, folder) })),
  )
  const all = [{ name: 'node', version: process.versions.node }, ...found]
  return [...new Map(all.map(one => [`${one.name} ${one.version}`, one])).values()]
}

function readVersion(name: string, folder: string): string {
  const path = findPackageJSON(name, join(root, folder, 'package.json'))
  if (path === undefined) throw new Error(`${folder} has no ${name}: run \`npm install\``)
  return (JSON.parse(readFileSync(path, 'utf8')) as Manifest).version ?? 'without a version'
}
