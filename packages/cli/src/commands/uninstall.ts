import {
  applyRemoval,
  changesOf,
  installCommand,
  planRemoval,
  readProject,
} from '@throughline/setup'
import { type Call, type Command, EXIT, isSet, toJson } from '../command.ts'
import { confirm } from '../setup/confirm.ts'
import { remarksOf, renderPlan, renderProject, renderRemarks } from '../setup/render-plan.ts'
import { CHANGE_OPTIONS, folderOf } from '../setup/setup-options.ts'

export const command: Command = {
  synopsis: '[folder]',
  arity: [0, 1],
  help: [
    'Takes out what throughline init put into the applications here and below: the package, our lines in instrumentation files, configurations, start scripts and entry files, and a drafted ownership.yaml that nobody has edited. What you wrote since stays, and what cannot be taken out is named.',
  ],
  options: CHANGE_OPTIONS,
  run: uninstall,
}

async function uninstall(call: Call): Promise<number> {
  const { terminal } = call
  const project = readProject(folderOf(call))
  const plan = planRemoval(project)
  const changes = changesOf(plan)
  const remarks = remarksOf(plan)
  const isJson = isSet(call, 'json')
  const isDry = isSet(call, 'dry-run')
  if (!isJson) {
    terminal.out(`${renderProject(project)}\n`)
    terminal.out(
      changes.length === 0 ? 'nothing of Throughline is here\n' : renderPlan(plan, terminal),
    )
    terminal.err(renderRemarks(remarks))
  }
  const mayApply = changes.length > 0 && !isDry && (await confirm(call, 'Take it out?'))
  if (mayApply) {
    await applyRemoval(project, plan, {
      installs: !isSet(call, 'no-install'),
      say: line => terminal.err(`${line}\n`),
      signal: terminal.onInterrupt(),
    })
  }
  if (isJson) {
    terminal.out(toJson({ schema: 1, root: project.root, changes, remarks, applied: mayApply }))
  } else if (mayApply) {
    terminal.out(
      isSet(call, 'no-install')
        ? `taken out; run ${installCommand(project.packageManager)}\n`
        : 'taken out\n',
    )
  }
  return EXIT.ok
}
