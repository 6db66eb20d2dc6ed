import { ensureDebianBinary } from './debian.ts'
import { mapConcurrently } from './map-concurrently.ts'
import { runTool } from './run-tool.ts'

/** Processes at once: as many as the smallest machine has processors that we test on. */
const PROCESSES = 2

/** What promtool says against a file. */
export interface Complaint {
  readonly file: string
  readonly output: string
}

/** Has promtool read rule files; gives what it says against each that it refuses. Throws where there is no promtool. */
export async function checkRules(files: readonly string[]): Promise<readonly Complaint[]> {
  return await complain(['check', 'rules'], files)
}

/** Has promtool run test files of rules; gives what it says against each that fails. Throws where there is no promtool. */
export async function testRules(files: readonly string[]): Promise<readonly Complaint[]> {
  return await complain(['test', 'rules'], files)
}

async function complain(
  command: readonly string[],
  files: readonly string[],
): Promise<readonly Complaint[]> {
  const promtool = await ensureDebianBinary('promtool', { packageName: 'prometheus' })
  const complaints = await mapConcurrently(files, PROCESSES, async file => {
    const { ok, output } = await runTool(promtool, [...command, file])
    return ok ? [] : [{ file, output }]
  })
  return complaints.flat()
}
