import { type FirstTrace, readProject, renderFindings, showFirstTrace } from '@throughline/setup'
import { renderReading } from '@throughline/trace'
import { type Call, isSet } from '../command.ts'
import { folderOf } from './setup-options.ts'

/** What one application gave when it was sent a request. */
export type ShownTrace = FirstTrace & { readonly service: string }

/** Starts the applications at these paths in turn, as they are by now, sends it a request, and prints the trace, or why there is none. */
export async function showTraces(
  call: Call,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly ShownTrace[]> {
  const { terminal } = call
  const shown: ShownTrace[] = []
  const project = readProject(folderOf(call))
  const apps = project.apps.filter(({ path }) => paths.includes(path))
  for (const app of apps) {
    if (signal.aborted) break
    terminal.err(`\nstarting ${app.service} to send it a request …\n`)
    const first = await showFirstTrace(app, project, {
      signal,
      say: line => terminal.err(`${line}\n`),
    })
    shown.push({ service: app.service, ...first })
    if (!isSet(call, 'json')) terminal.out(renderFirst(call, first))
  }
  return shown
}

function renderFirst({ terminal }: Call, first: FirstTrace): string {
  if (first.kind === 'none') return renderFindings(first.reasons)
  const { color, columns: width } = terminal
  return renderReading(first.reading, { color, ...(width !== undefined && { width }) })
}
