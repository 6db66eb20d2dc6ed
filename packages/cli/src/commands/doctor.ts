import { spawnSync } from 'node:child_process'
import { readCatalog } from '@throughline/catalog'
import {
  type App,
  examineFiles,
  examineLive,
  examineProject,
  type ExamineContext,
  type Finding,
  type Project,
  readProject,
  renderFindings,
} from '@throughline/setup'
import {
  type Call,
  CATALOG_OPTION,
  type Command,
  EXIT,
  isSet,
  JSON_OPTION,
  toJson,
  valueOf,
} from '../command.ts'
import { searchCatalog } from '../locate-catalog.ts'
import { renderProject, renderRemarks } from '../setup/render-plan.ts'
import { folderOf } from '../setup/setup-options.ts'

export const command: Command = {
  synopsis: '[folder]',
  arity: [0, 1],
  help: [
    'Looks at what is installed, configured and built, then starts each application, sends it a request, and follows what comes of it: which libraries are traced, whether spans reach the collector, whether the next service is told the trace, and whether the metrics are there. Each finding says what it is, what it costs, and how to mend it.',
    'Ends with 1 where something costs traces, metrics or owners; warnings alone end with 0.',
  ],
  options: {
    fix: { says: 'mend what can be mended without a decision' },
    'no-run': { says: 'do not start the applications' },
    ...CATALOG_OPTION,
    ...JSON_OPTION,
  },
  run: doctor,
}

async function doctor(call: Call): Promise<number> {
  const { terminal } = call
  const folder = folderOf(call)
  const before = readProject(folder)
  const isJson = isSet(call, 'json')
  if (!isJson) terminal.out(`${renderProject(before)}\n`)
  const mended = isSet(call, 'fix') ? await mend(examineAll(call, before)) : []
  if (!isJson) for (const { what } of mended) terminal.out(`mended: ${what}\n`)
  const project = mended.length > 0 ? readProject(folder) : before
  const findings = await examine(call, project)
  if (isJson) {
    const { root, remarks } = project
    const [left, done] = [findings, mended].map(list => list.map(toPlain))
    terminal.out(toJson({ schema: 1, root, remarks, findings: left, mended: done }))
  } else {
    terminal.err(renderRemarks(project.remarks))
    terminal.out(findings.length === 0 ? 'nothing is wrong\n' : renderFindings(findings))
  }
  return findings.some(({ level }) => level === 'error') ? EXIT.findings : EXIT.ok
}

/** A finding for programs, with whether `--fix` mends it. */
const toPlain = ({ mend: mends, ...finding }: Finding): object => ({
  ...finding,
  mends: mends !== undefined,
})

/** All findings: of the files, and, where these let an application work, of what it does. */
async function examine(call: Call, project: Project): Promise<readonly Finding[]> {
  const findings = [...examineAll(call, project)]
  if (isSet(call, 'no-run')) return findings
  const { terminal } = call
  const signal = terminal.onInterrupt()
  const contextOf = createContexts(call, project)
  for (const app of project.apps) {
    if (signal.aborted || stopsAll(app, findings)) continue
    terminal.err(`starting ${app.service} to send it a request …\n`)
    const seen = await examineLive(app, project, {
      ...contextOf(app.folder),
      signal,
      say: line => terminal.err(`${line}\n`),
    })
    findings.push(...seen.filter(finding => !isKnown(finding, findings)))
  }
  return findings
}

/** Whether nothing can be learned from a run that is not known already. */
const stopsAll = ({ service }: App, findings: readonly Finding[]): boolean =>
  findings.some(finding => finding.level === 'error' && finding.service === service)

const isKnown = ({ code, service }: Finding, findings: readonly Finding[]): boolean =>
  findings.some(known => known.code === code && known.service === service)

/** What is wrong with the files of a project. */
function examineAll(call: Call, project: Project): readonly Finding[] {
  const contextOf = createContexts(call, project)
  return [
    ...examineProject(project, contextOf(project.root)),
    ...project.apps.flatMap(app => examineFiles(app, project, contextOf(app.folder))),
  ]
}

/** Gives what an application in a folder is held against. Its catalog is the nearest, as when it starts. */
function createContexts(call: Call, { root }: Project): (folder: string) => ExamineContext {
  const { env, today } = call.terminal
  const nodeVersion = versionOfNode(root)
  return folder => {
    const place = searchCatalog(folder, env, valueOf(call, 'catalog'))
    const catalog = place && readCatalog(place.path, { file: place.file, today })
    return { nodeVersion, env, catalog }
  }
}

/** Version of the Node that scripts are run with; this one, where there is no other. */
function versionOfNode(cwd: string): string {
  const { status, stdout } = spawnSync('node', ['--version'], { cwd, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : process.version
}

/** Mends what can be; gives what was. */
async function mend(findings: readonly Finding[]): Promise<readonly Finding[]> {
  const mended: Finding[] = []
  for (const finding of findings) {
    // One that writes nothing was mended with another.
    if (((await finding.mend?.()) ?? []).length > 0) mended.push(finding)
  }
  return mended
}
