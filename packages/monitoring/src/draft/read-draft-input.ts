import { posix } from 'node:path'
import type { ServiceKind } from '@throughline/catalog'
import type { ImportedFile } from '../imports/backstage-entities.ts'
import {
  isSourceFolder,
  listFiles,
  readCodeownersFile,
  readSources,
  readTexts,
} from '../lint/repository-files.ts'
import { type AuthorShare, readAuthors } from './git-authors.ts'

/** An application that is to be a service of the catalog. */
export interface DraftApp {
  /** Its `service.name`. */
  readonly service: string
  readonly kind: Exclude<ServiceKind, 'external'>
  /** Path of its folder from the root, with `/`; empty for the root itself. */
  readonly path: string
}

/** What a catalog is drafted for. */
export interface DraftInput {
  /** Absolute path of the root of the repository. */
  readonly root: string
  readonly apps: readonly DraftApp[]
}

/** What a repository says about an application. */
export interface DraftMaterial {
  readonly app: DraftApp
  /** Texts of its own sources, by path from the root. */
  readonly sources: ReadonlyMap<string, string>
  /** Who changed it most, by git. */
  authors(): readonly AuthorShare[]
}

/** What a repository says about its owners and its applications. */
export interface RepositoryMaterial {
  readonly codeowners: { readonly file: string; readonly text: string } | undefined
  readonly backstage: readonly ImportedFile[]
  /** By path. */
  readonly apps: readonly DraftMaterial[]
}

/** Reads what a catalog is drafted from; whatever is missing is left out. */
export function readDraftInput({ root, apps }: DraftInput): RepositoryMaterial {
  const entities = listFiles(root, '.', isSourceFolder).filter(path =>
    /^catalog-info\.ya?ml$/.test(posix.basename(path)),
  )
  return {
    codeowners: readCodeownersFile(root),
    backstage: [...readTexts(root, entities)].map(([file, text]) => ({ file, text })),
    apps: apps
      .toSorted((a, b) => compare(a.path, b.path) || compare(a.service, b.service))
      .map(app => ({
        app,
        sources: readOwnSources(root, app, apps),
        authors: () => readAuthors(root, app.path),
      })),
  }
}

/** The sources of an application without those of others within its folder. */
function readOwnSources(
  root: string,
  app: DraftApp,
  apps: readonly DraftApp[],
): ReadonlyMap<string, string> {
  const inner = apps.filter(
    ({ path }) => path !== app.path && (app.path === '' || path.startsWith(`${app.path}/`)),
  )
  const files = readSources(root, [globOf(app)])
  return new Map(
    [...files].filter(([file]) => !inner.some(({ path }) => file.startsWith(`${path}/`))),
  )
}

/** The glob of an application's files. */
export const globOf = ({ path }: DraftApp): string => (path === '' ? '**' : `${path}/**`)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
