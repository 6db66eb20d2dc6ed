import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Catalog, parseCatalog, renderProblems } from '@throughline/catalog'
import { draftCatalog } from '../../src/draft/draft-catalog.ts'
import type { DraftApp } from '../../src/draft/read-draft-input.ts'

/** Texts by path from the root. */
export type Files = Readonly<Record<string, string>>

/** A draft, and the catalog that its text is. */
export interface Drafted {
  readonly text: string
  readonly catalog: Catalog
  /** Each as `at message`. */
  readonly remarks: readonly string[]
}

export const app = (
  service: string,
  path: string = service,
  kind: DraftApp['kind'] = 'node',
): DraftApp => ({ service, path, kind })

/** Drafts the catalog of a folder; throws with the problems of a draft that does not parse. */
export function draftFolder(root: string, apps: readonly DraftApp[]): Drafted {
  const { text, remarks } = draftCatalog({ root, apps })
  const parsed = parseCatalog(text)
  if (!parsed.ok) throw new Error(`${renderProblems(parsed.problems)}\n${text}`)
  return {
    text,
    catalog: parsed.value,
    remarks: remarks.map(({ at, message }) => `${at} ${message}`),
  }
}

/** Drafts the catalog of some files on disk, after `prepare` has worked on their folder. */
export function draftFiles(
  files: Files,
  apps: readonly DraftApp[],
  prepare: (root: string) => void = () => {},
): Drafted {
  const root = mkdtempSync(join(tmpdir(), 'throughline-draft-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    prepare(root)
    return draftFolder(root, apps)
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** Runs git in a folder, as somebody whose settings are no concern here. */
export function git(root: string, args: readonly string[], author = 'Mira Ito'): void {
  const [name = ''] = author.split(' ')
  execFileSync('git', args, {
    cwd: root,
    stdio: 'ignore',
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_NAME: author,
      GIT_AUTHOR_EMAIL: `${name.toLowerCase()}@example.com`,
      GIT_COMMITTER_NAME: author,
      GIT_COMMITTER_EMAIL: `${name.toLowerCase()}@example.com`,
    },
  })
}

/** The lines of routes of a service, as `GET /x billing browser`. */
export const routesOf = ({ catalog }: Drafted, service: string): string[] =>
  (catalog.services.get(service)?.routes ?? []).map(({ match, team, audience }) =>
    [match.text, team, audience].filter(word => word !== undefined).join(' '),
  )

export const fixerOf = ({ catalog }: Drafted, service: string): string | undefined =>
  catalog.services.get(service)?.roles?.productionFix?.team

/** The comments that ask for a decision. */
export const todosOf = ({ text }: Drafted): string[] =>
  [...text.matchAll(/# TODO: decide (.*)/g)].map(([, todo = '']) => todo)
