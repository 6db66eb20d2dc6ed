import { ensureDebianBinary, type DebianBinary } from './debian.ts'
import { mapConcurrently } from './map-concurrently.ts'
import { runTool } from './run-tool.ts'

/** Processes at once. One takes about 20 ms, and answers for one set of labels: amtool has no mode for many. */
const PROCESSES = 4

/** Has amtool read a configuration of Alertmanager; gives what it says against it. Throws where there is no amtool. */
export async function checkAlertmanagerConfig(file: string): Promise<string | undefined> {
  const { ok, output } = await runTool(await ensureAmtool(), ['check-config', file])
  return ok ? undefined : output
}

/**
 * Asks amtool for the receivers of alerts, each given by its labels: in the same order, names as in the routing tree.
 *
 * Throws where there is no amtool, or with its output when it cannot answer.
 */
export async function testRoutes(
  file: string,
  alerts: readonly Readonly<Record<string, string>>[],
): Promise<readonly (readonly string[])[]> {
  const amtool = await ensureAmtool()
  return await mapConcurrently(alerts, PROCESSES, labels => askReceivers(amtool, file, labels))
}

async function askReceivers(
  amtool: DebianBinary,
  file: string,
  labels: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  const command = ['config', 'routes', 'test', '--config.file', file, ...pairs]
  const { ok, stdout, output } = await runTool(amtool, command)
  if (!ok) throw new Error(`amtool ${command.join(' ')}:\n${output}`)
  return stdout.trim().split(',')
}

async function ensureAmtool(): Promise<DebianBinary> {
  return await ensureDebianBinary('amtool', { packageName: 'prometheus-alertmanager' })
}
