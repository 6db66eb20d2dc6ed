import { basename } from 'node:path'
import { ThroughlineError } from '@throughline/conventions'
import { addDependency } from '../edits/manifest-edit.ts'
import type { Project } from '../project/project.ts'
import { type Change, changesOf, type Plan } from './change.ts'
import { pathOf } from './edit-list.ts'
import { installPackages } from './install-packages.ts'
import { readText } from './read-text.ts'
import { writeFiles } from './write-files.ts'

/** Options of {@link applyInstall} and {@link applyRemoval}. */
export interface ApplyOptions {
  /** Whether the package manager is run. */
  readonly installs: boolean
  /** Told what is done now. */
  readonly say: (line: string) => void
  readonly signal?: AbortSignal
}

const isManifest = ({ path }: Change): boolean => basename(path) === 'package.json'

/**
 * Writes a plan of `init`: first the dependencies, and installs them, then what uses them. A process that is killed on the way leaves
 * applications that start as they did before, or as they should now; run again, it goes on.
 *
 * Rejects with a ThroughlineError and everything as it was where packages cannot be installed, or a file has changed meanwhile.
 */
export async function applyInstall(
  project: Project,
  plan: Plan,
  { installs, say, signal }: ApplyOptions,
): Promise<void> {
  const changes = changesOf(plan)
  refuseChanged(project, changes)
  const manifests = changes.filter(isManifest)
  if (installs && manifests.length > 0) {
    write(project, manifests.map(withDependencyOnly))
    say(`${project.packageManager.name} install …`)
    try {
      await installPackages(project, signal)
    } catch (error) {
      write(
        project,
        manifests.map(change => ({ ...change, after: change.before })),
      )
      throw error
    }
  }
  write(project, changes)
}

/** Writes a plan of `uninstall`: first what uses our packages, then the packages go. */
export async function applyRemoval(
  project: Project,
  plan: Plan,
  { installs, say, signal }: ApplyOptions,
): Promise<void> {
  const changes = changesOf(plan)
  refuseChanged(project, changes)
  write(project, changes)
  if (!installs || !changes.some(isManifest)) return
  say(`${project.packageManager.name} install …`)
  await installPackages(project, signal)
}

/** A manifest with the dependency and without the scripts that need it. */
function withDependencyOnly(change: Change): Change {
  const { before = '', after = '' } = change
  const known = dependenciesOf(before)
  let text = before
  for (const [name, range] of Object.entries(dependenciesOf(after))) {
    if (Object.hasOwn(known, name)) continue
    const edited = addDependency(text, name, range)
    if (edited.ok) text = edited.text
  }
  return { ...change, after: text }
}

const dependenciesOf = (text: string): Readonly<Record<string, string>> =>
  (JSON.parse(text) as { readonly dependencies?: Record<string, string> }).dependencies ?? {}

function refuseChanged(project: Project, changes: readonly Change[]): void {
  const changed = changes.filter(change => readText(pathOf(project, change)) !== change.before)
  if (changed.length === 0) return
  throw new ThroughlineError(
    `changed while you were asked: ${changed.map(({ path }) => path).join(', ')}; nothing was written`,
    { code: 'CHANGED_MEANWHILE', fix: 'run this again' },
  )
}

function write(project: Project, changes: readonly Change[]): void {
  writeFiles(changes.map(change => ({ path: pathOf(project, change), text: change.after })))
}
