import { renderProblems } from '@throughline/catalog'
import { type CatalogDraftText, draftCatalog } from '@throughline/monitoring'
import {
  applyInstall,
  changesOf,
  installCommand,
  type Plan,
  planInstall,
  type Project,
  readProject,
} from '@throughline/setup'
import { type Call, type Command, EXIT, isSet, toJson } from '../command.ts'
import { searchCatalog } from '../locate-catalog.ts'
import { confirm } from '../setup/confirm.ts'
import { remarksOf, renderPlan, renderProject, renderRemarks } from '../setup/render-plan.ts'
import { CHANGE_OPTIONS, folderOf } from '../setup/setup-options.ts'
import { type ShownTrace, showTraces } from '../setup/show-traces.ts'
import { readVersion } from '../version.ts'

export const command: Command = {
  synopsis: '[folder]',
  arity: [0, 1],
  help: [
    'Finds the applications here and below (Next.js; Fastify, Express, Nest, Hono, Koa and plain node:http), shows what it would write and the diff, asks once, and writes it: the package, what starts it, and a draft of ownership.yaml by the routes in the code, CODEOWNERS, Backstage and git. Then it starts each application, sends it a request, and shows the trace that this made, or why it made none.',
    'Run again, it changes nothing that is as it should be. throughline uninstall takes all of it out again.',
    'Ends with 1 where an application was refused, or made no trace.',
  ],
  options: {
    ...CHANGE_OPTIONS,
    'no-run': { says: 'do not start the applications to show a trace' },
  },
  run: init,
}

async function init(call: Call): Promise<number> {
  const { terminal } = call
  const project = readProject(folderOf(call))
  const draft = draftFor(call, project)
  const plan = planInstall(project, { version: readVersion(), catalogDraft: draft?.text })
  const changes = changesOf(plan)
  const isJson = isSet(call, 'json')
  if (!isJson) print(call, project, plan)
  if (draft !== undefined && draft.remarks.length > 0) terminal.err(renderProblems(draft.remarks))
  const applies =
    changes.length > 0 && !isSet(call, 'dry-run') && (await confirm(call, 'Write this?'))
  const signal = terminal.onInterrupt()
  if (applies) {
    await applyInstall(project, plan, {
      installs: !isSet(call, 'no-install'),
      say: line => terminal.err(`${line}\n`),
      signal,
    })
    if (!isJson) terminal.out(`wrote ${changes.length} files\n`)
    if (isSet(call, 'no-install')) {
      terminal.err(`run ${installCommand(project.packageManager)}, then throughline doctor\n`)
    }
  }
  const runs = applies && !isSet(call, 'no-run') && !isSet(call, 'no-install')
  const shown = runs ? await showTraces(call, changedPaths(plan), signal) : []
  if (isJson) terminal.out(toJson(resultOf(project, plan, applies, shown)))
  const isWhole = project.apps.length > 0 && !plan.apps.some(({ isRefused }) => isRefused)
  return isWhole && shown.every(({ kind }) => kind === 'trace') ? EXIT.ok : EXIT.findings
}

/** The draft of a catalog; undefined where there is one already, or nothing to draft it of. */
function draftFor({ terminal }: Call, { root, apps }: Project): CatalogDraftText | undefined {
  const folders = [root, ...apps.map(({ folder }) => folder)]
  const isThere = folders.some(each => searchCatalog(each, terminal.env, undefined) !== undefined)
  if (apps.length === 0 || isThere) return undefined
  return draftCatalog({
    root,
    apps: apps.map(({ service, kind, path }) => ({ service, kind, path })),
  })
}

function print({ terminal }: Call, project: Project, plan: Plan): void {
  terminal.out(`${renderProject(project)}\n`)
  if (project.apps.length === 0) {
    terminal.err(
      'no application was found here or below\n  fix: name its folder: throughline init apps/web\n',
    )
  } else {
    const isDone = changesOf(plan).length === 0
    terminal.out(
      isDone
        ? 'nothing to change: throughline doctor says whether it works\n'
        : renderPlan(plan, terminal),
    )
  }
  terminal.err(renderRemarks(remarksOf(plan)))
}

const changedPaths = ({ apps }: Plan): readonly string[] =>
  apps.filter(({ changes }) => changes.length > 0).map(({ app }) => app.path)

function resultOf(
  { root, packageManager, apps }: Project,
  plan: Plan,
  applied: boolean,
  traces: readonly ShownTrace[],
): object {
  return {
    schema: 1,
    root,
    packageManager: packageManager.name,
    apps: apps.map(({ service, kind, path }) => ({
      service,
      kind,
      path,
      refused: plan.apps.some(({ app, isRefused }) => app.path === path && isRefused),
    })),
    changes: changesOf(plan),
    remarks: remarksOf(plan),
    applied,
    traces,
  }
}
