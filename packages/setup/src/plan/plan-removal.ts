import { join } from 'node:path'
import { isUneditedDraft } from '@throughline/monitoring'
import { removeEntryImport } from '../edits/entry-import.ts'
import { removeFromInstrumentation } from '../edits/instrumentation-file.ts'
import { removeDependency, setScript } from '../edits/manifest-edit.ts'
import { unwrapNextConfig } from '../edits/next-config.ts'
import { unshareWithSentry } from '../edits/sentry-options.ts'
import { removePreload } from '../edits/start-command.ts'
import type { App, Project } from '../project/project.ts'
import { configOf, instrumentationOf, sentryFilesOf } from './app-files.ts'
import type { AppPlan, Plan } from './change.ts'
import { createEditList, type EditList } from './edit-list.ts'
import { readText } from './read-text.ts'

/** What `uninstall` writes: what `init` put in is taken out, and nothing else. What cannot be is among the remarks. */
export function planRemoval(project: Project): Plan {
  const shared = createEditList(project)
  const catalog = join(project.root, 'ownership.yaml')
  const text = readText(catalog)
  if (text !== undefined && isUneditedDraft(text)) {
    shared.remove(catalog, 'removes the draft, which nobody has edited')
  } else if (text !== undefined) {
    shared.remark(
      catalog,
      'who owns what stays: it was edited, or is not of throughline init',
      'remove it if nothing else needs it',
    )
  }
  return {
    apps: project.apps.map(app => planApp(app, project)),
    shared: shared.changes,
    remarks: shared.remarks,
  }
}

function planApp(app: App, project: Project): AppPlan {
  const edits = createEditList(project)
  if (app.kind === 'next') {
    const { modules } = app
    const [config, instrumentation] = [configOf(app), instrumentationOf(app)]
    edits.takeOut(config, 'unwraps the configuration', text =>
      unwrapNextConfig(text, { path: config, modules }),
    )
    edits.takeOut(instrumentation, 'no longer starts Throughline', text =>
      removeFromInstrumentation(text, { path: instrumentation }),
    )
    for (const path of sentryFilesOf(app)) {
      edits.takeOut(path, 'gives OpenTelemetry back to Sentry', text =>
        unshareWithSentry(text, { path }),
      )
    }
  } else if (app.entry !== undefined) {
    const { entry: path, modules } = app
    edits.takeOut(path, 'no longer starts Throughline', text =>
      removeEntryImport(text, { path, modules }),
    )
  }
  editManifest(app, edits)
  return { app, changes: edits.changes, remarks: edits.remarks, isRefused: false }
}

function editManifest({ manifest }: App, edits: EditList): void {
  for (const [script, command] of Object.entries(manifest.scripts)) {
    edits.edit(manifest.path, `no longer starts Throughline in "${script}"`, text =>
      setScript(text ?? '', script, removePreload(command)),
    )
  }
  for (const name of ['@throughline/next', '@throughline/node']) {
    edits.takeOut(manifest.path, `removes ${name}`, text => removeDependency(text, name))
  }
}
