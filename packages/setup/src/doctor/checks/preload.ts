import { addEntryImport, removeEntryImport } from '../../edits/entry-import.ts'
import { setScript } from '../../edits/manifest-edit.ts'
import { addPreload } from '../../edits/start-command.ts'
import type { NodeApp, StartScript } from '../../project/project.ts'
import type { Check, Complaint, Subject } from '../check.ts'
import { type Mend, mendFile } from '../mend-file.ts'
import { isPreloadedByEnvironment, preloadsUs, readEntry } from '../node-preload.ts'
import { placeInManifest, placeOf } from '../places.ts'
import { NODE_PRELOAD } from '../preload-options.ts'

/** PRELOAD_MISSING, PRELOAD_AFTER: whether ours is the first thing that a Node application loads. */
export const checkPreload: Check<NodeApp> = subject => {
  const { app, project } = subject
  const bare = app.starts.filter(({ command }) => !preloadsUs(command, app))
  const isCovered = app.starts.length > 0 && bare.length === 0
  if (!app.isInstalled || isCovered || isPreloadedByEnvironment(subject)) return []
  const reading = readEntry(app)
  if (reading.kind === 'first') return []
  if (reading.kind === 'late' && app.entry !== undefined) {
    const [first = '', ...others] = reading.after
    const rest = others.length > 0 ? ` and ${others.length} more` : ''
    return [
      {
        code: 'PRELOAD_AFTER',
        level: 'error',
        at: placeOf(project, app.entry, reading.line),
        what: `Throughline is imported after "${first}"${rest}`,
        why: 'what is loaded before it is not traced',
        fix: 'make it the first import, above all others',
        ...mendOrder(subject, app.entry),
      },
    ]
  }
  return [complain(subject, bare)]
}

function complain(subject: Subject<NodeApp>, bare: readonly StartScript[]): Complaint {
  const { app, project } = subject
  const [first] = bare
  const names = bare.map(({ name }) => `"${name}"`).join(' and ')
  const isWhole = bare.length === app.starts.length
  return {
    code: 'PRELOAD_MISSING',
    level: isWhole ? 'error' : 'warning',
    at: first
      ? placeInManifest(project, app, ['scripts', first.name])
      : placeOf(project, app.manifest.path),
    what: first
      ? `${bare.length === 1 ? 'the script' : 'the scripts'} ${names} ${bare.length === 1 ? 'starts' : 'start'} the application without Throughline`
      : 'no script starts the application, and its source does not import Throughline',
    why: 'what is started so makes no spans and no metrics',
    fix:
      bare.every(({ takesImport }) => takesImport) || app.entry === undefined
        ? `write node --import ${NODE_PRELOAD} in front of the file that is started`
        : `make import '${NODE_PRELOAD}' the first line of ${placeOf(project, app.entry)}`,
    ...mendStart(subject, bare),
  }
}

/** Adds the preload to the scripts where they take it, else to the source that they start. */
function mendStart({ app, project }: Subject<NodeApp>, bare: readonly StartScript[]): Mend {
  const { manifest, entry, modules } = app
  if (bare.length > 0 && bare.every(({ takesImport }) => takesImport)) {
    return mendFile(project, manifest.path, text =>
      bare.reduce<ReturnType<typeof setScript>>(
        (edited, { name, command }) =>
          edited.ok ? setScript(edited.text, name, addPreload(command) ?? command) : edited,
        { ok: true, text: text ?? '' },
      ),
    )
  }
  if (entry === undefined) return {}
  return mendFile(project, entry, text => addEntryImport(text ?? '', { path: entry, modules }))
}

/** Moves the import of ours to the top. */
function mendOrder({ app, project }: Subject<NodeApp>, entry: string): Mend {
  const file = { path: entry, modules: app.modules }
  return mendFile(project, entry, (text = '') => {
    const removed = removeEntryImport(text, file)
    return removed.kind === 'edited' ? addEntryImport(removed.text, file) : { ok: true, text }
  })
}
