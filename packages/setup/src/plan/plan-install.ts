import { join } from 'node:path'
import { addEntryImport } from '../edits/entry-import.ts'
import { addToInstrumentation } from '../edits/instrumentation-file.ts'
import { addDependency, setScript } from '../edits/manifest-edit.ts'
import { wrapNextConfig } from '../edits/next-config.ts'
import { shareWithSentry } from '../edits/sentry-options.ts'
import { addPreload } from '../edits/start-command.ts'
import type { App, NextApp, NodeApp, OtherTelemetry, Project } from '../project/project.ts'
import { configOf, instrumentationOf } from './app-files.ts'
import type { AppPlan, Plan } from './change.ts'
import { createEditList, type EditList } from './edit-list.ts'

/** Options of {@link planInstall}. */
export interface InstallOptions {
  /** Version of our packages; they all have the same. */
  readonly version: string
  /** Text of a drafted catalog; undefined where there is a catalog already. */
  readonly catalogDraft: string | undefined
}

/** What `init` writes, by what is there: nothing of it twice. */
export function planInstall(project: Project, { version, catalogDraft }: InstallOptions): Plan {
  const shared = createEditList(project)
  if (catalogDraft !== undefined) {
    shared.edit(join(project.root, 'ownership.yaml'), 'drafts who owns what', text =>
      text === undefined ? { ok: true, text: catalogDraft } : { ok: true, text },
    )
  }
  return {
    apps: project.apps.map(app => planApp(app, project, `^${version}`)),
    shared: shared.changes,
    remarks: project.remarks,
  }
}

function planApp(app: App, project: Project, range: string): AppPlan {
  const edits = createEditList(project)
  const isDone =
    app.kind === 'next' ? editNext(app, project, range, edits) : editNode(app, range, edits)
  return {
    app,
    changes: isDone ? edits.changes : [],
    remarks: edits.remarks,
    isRefused: !isDone,
  }
}

function editNext(app: NextApp, project: Project, range: string, edits: EditList): boolean {
  const { manifest, modules } = app
  const instrumentation = instrumentationOf(app)
  const config = configOf(app)
  const blocking = app.others.filter(
    other =>
      other.conflicts &&
      other.name !== 'sentry' &&
      join(project.root, other.at) !== instrumentation,
  )
  if (refuse(blocking, app, edits)) return false
  const name = '@throughline/next'
  return [
    edits.edit(manifest.path, `adds ${name}`, text => addDependency(text ?? '', name, range)),
    edits.edit(instrumentation, 'starts Throughline with the server', text =>
      addToInstrumentation(text, { path: instrumentation }),
    ),
    ...sharedWithSentry(app, project, edits),
    edits.edit(config, 'wraps the configuration', text =>
      wrapNextConfig(text, { path: config, modules }),
    ),
  ].every(Boolean)
}

function editNode(app: NodeApp, range: string, edits: EditList): boolean {
  const { manifest, starts, entry, modules } = app
  if (
    refuse(
      app.others.filter(other => other.conflicts && other.name !== 'sentry'),
      app,
      edits,
    )
  )
    return false
  const name = '@throughline/node'
  const canAdd = edits.edit(manifest.path, `adds ${name}`, text =>
    addDependency(text ?? '', name, range),
  )
  if (!canAdd) return false
  if (starts.length > 0 && starts.every(({ takesImport }) => takesImport)) {
    return starts.every(({ name: script, command }) =>
      edits.edit(manifest.path, `starts Throughline in "${script}"`, text =>
        setScript(text ?? '', script, addPreload(command) ?? command),
      ),
    )
  }
  if (entry === undefined) {
    edits.remark(
      manifest.path,
      'no script says which file starts this application',
      'write node --import @throughline/node/register in front of the file that starts it',
    )
    return false
  }
  return edits.edit(entry, 'starts Throughline before all else', text =>
    addEntryImport(text ?? '', { path: entry, modules }),
  )
}

/** Says what traces this process already, where something does that cannot be set aside. */
function refuse(others: readonly OtherTelemetry[], app: App, edits: EditList): boolean {
  for (const { name, at, fix } of others) {
    edits.remark(
      app.manifest.path,
      `${name} traces this process already (${at}), and one tracer runs at a time`,
      fix ?? `take ${name} out, then run throughline init again`,
    )
  }
  return others.length > 0
}

function sharedWithSentry(app: App, project: Project, edits: EditList): boolean[] {
  return app.others
    .filter(({ name, conflicts }) => name === 'sentry' && conflicts)
    .map(({ at }) => join(project.root, at))
    .map(path =>
      edits.edit(path, 'leaves OpenTelemetry to Throughline', text =>
        shareWithSentry(text ?? '', { path }),
      ),
    )
}
