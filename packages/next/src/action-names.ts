import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { currentMode, type Mode } from './mode.ts'

/** What the manifest of a build says of one server action. */
interface ActionEntry {
  readonly exportedName?: string
  readonly filename?: string
  readonly workers?: Readonly<Record<string, unknown>>
}

/** Server actions by their ids. */
type Actions = Readonly<Record<string, ActionEntry>>

interface Manifest {
  readonly node?: Actions
}

const FILE = join('server', 'server-reference-manifest.json')

/** Where a build lies below the application. Of development Next.js 16 keeps its own beside that for production. */
const BUILDS = { development: [join('.next', 'dev'), '.next'], production: ['.next'] } as const

/** Finds the name under which an author exported a server action. */
export interface ActionNames {
  /**
   * Name of the action with `id`, or, where a form without JavaScript hides the id in its body, of the only action that
   * `page` has; undefined when that does not tell.
   */
  find(id: string | undefined, page: string | undefined): string | undefined
}

/** Reads the manifest below `folder`, where the application is, at the first question. */
export function createActionNames(folder: string, mode: Mode = currentMode()): ActionNames {
  const load = (): Actions => {
    const manifests = BUILDS[mode].map(build => readManifest(join(folder, build, FILE)))
    return manifests.find(manifest => manifest !== undefined) ?? {}
  }
  let actions: Actions | undefined
  return {
    find(id, page) {
      const name = nameIn((actions ??= load()), id, page)
      // In development actions come and go, so a miss is looked up again.
      if (name !== undefined || mode === 'production') return name
      return nameIn((actions = load()), id, page)
    },
  }
}

function nameIn(
  actions: Actions,
  id: string | undefined,
  page: string | undefined,
): string | undefined {
  if (id !== undefined) return actions[id]?.exportedName
  const names = Object.values(actions)
    .filter(({ workers }) => page !== undefined && workers?.[`app${page}`] !== undefined)
    .map(({ exportedName }) => exportedName)
  return names.length === 1 ? names[0] : undefined
}

function readManifest(file: string): Actions | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as Manifest).node
  } catch {
    // Not built there, or elsewhere by `distDir`: actions keep their span and lose their name.
    return undefined
  }
}
