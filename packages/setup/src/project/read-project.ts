import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { ThroughlineError } from '@throughline/conventions'
import { type Fields, readManifest, type ReadManifest } from './manifest.ts'
import { readNextApp, remarkOnServer } from './next-app.ts'
import { readNodeApp } from './node-app.ts'
import { findOtherTelemetry } from './other-telemetry.ts'
import { foldersUp, readPackageManager } from './package-manager.ts'
import type { App, AppBase, Project, Remark } from './project.ts'
import { readServiceName } from './service-name.ts'
import { listWorkspaces } from './workspaces.ts'

/**
 * Finds out what is in a folder and below: the package manager, and the applications that Throughline can go into.
 *
 * Throws a {@link ThroughlineError} where there is no such folder, or no package.json here or above. What is broken or cannot be told is among the remarks.
 */
export function readProject(folder: string): Project {
  const asked = resolve(folder)
  if (!existsSync(asked)) {
    throw new ThroughlineError(`there is no folder ${asked}`, {
      code: 'NO_FOLDER',
      fix: 'name the folder of an application',
    })
  }
  const nearest = foldersUp(asked).find(each => existsSync(join(each, 'package.json')))
  if (nearest === undefined) {
    throw new ThroughlineError(`there is no package.json in ${asked} or above`, {
      code: 'NO_PACKAGE_JSON',
      fix: 'go to the folder of an application, or name it',
    })
  }
  const root = findWorkspaceRoot(nearest) ?? nearest
  const rootFields = fieldsOf(readManifest(root))
  const packageManager = readPackageManager(root, rootFields.packageManager)
  const all = ['', ...listWorkspaces(root, rootFields)]
  const inside = relative(root, nearest).split(sep).join('/')
  // A folder of a repository that is asked about is looked at alone; its root, with all of them.
  const folders = inside === '' ? all : [inside]
  const found = folders.map(path => readFolder(root, path))
  return {
    root,
    packageManager,
    apps: found.flatMap(({ app }) => app ?? []),
    remarks: [
      ...(packageManager.hasNodeModules ? [] : [PLUG_AND_PLAY]),
      ...found.flatMap(({ remark }) => remark ?? []),
    ],
  }
}

const PLUG_AND_PLAY: Remark = {
  at: '.yarnrc.yml',
  what: "Yarn's Plug'n'Play has no node_modules, and libraries in its archives are not traced",
  fix: 'set nodeLinker: node-modules, and run yarn install',
}

/** The nearest folder above whose package.json has workspaces that hold this one. */
function findWorkspaceRoot(folder: string): string | undefined {
  return foldersUp(folder).find(each => {
    const inside = relative(each, folder).split(sep).join('/')
    return listWorkspaces(each, fieldsOf(readManifest(each))).includes(inside)
  })
}

const fieldsOf = (read: ReadManifest | undefined): Fields => (read?.ok === true ? read.fields : {})

interface FoundFolder {
  readonly app?: App
  readonly remark?: Remark
}

function readFolder(root: string, path: string): FoundFolder {
  const folder = join(root, path)
  const at = join(path, 'package.json').split(sep).join('/')
  const read = readManifest(folder)
  if (read === undefined) return {}
  if (!read.ok) return { remark: { at, what: read.why, fix: 'mend it, then run this again' } }
  const { manifest, fields } = read
  const base: AppBase = {
    path,
    folder,
    service: readServiceName(folder, manifest),
    manifest,
    modules: fields.type === 'module' ? 'esm' : 'cjs',
    isTypeScript: existsSync(join(folder, 'tsconfig.json')),
    others: findOtherTelemetry(root, folder, manifest),
    isInstalled: ['@throughline/next', '@throughline/node'].some(
      name => manifest.dependencies[name] !== undefined,
    ),
  }
  const main = typeof fields.main === 'string' ? fields.main : undefined
  const next = readNextApp(base)
  if (next !== undefined) return withRemark(next, remarkOnServer(next, at))
  const app = readNodeApp(base, main)
  if (app === undefined && isForTheEdge(base)) {
    const what = `${base.service} runs on Cloudflare's edge, where nothing of ours runs`
    return { remark: { at, what, fix: 'leave it out; its calls begin traces of their own' } }
  }
  return app === undefined ? {} : { app }
}

const withRemark = (app: App, remark: Remark | undefined): FoundFolder =>
  remark === undefined ? { app } : { app, remark }

const isForTheEdge = ({ manifest: { dependencies } }: AppBase): boolean =>
  dependencies['wrangler'] !== undefined && dependencies['hono'] !== undefined
