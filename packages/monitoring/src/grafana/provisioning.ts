import { GENERATED_LINE } from '../generated-line.ts'
import { renderYaml, type YamlValue } from '../yaml-text.ts'

/** Folder of what Grafana reads as `provisioning/alerting`. It reads its files in the order of their names. */
export const GRAFANA_FOLDER = 'alerts/grafana-managed'

/** What stands in each of the files. */
const ALTERNATIVE = `# For those who have no Alertmanager: Grafana itself evaluates the alerts and notifies. Load this folder as
# provisioning/alerting, or the rule files and alertmanager.yaml, never both: every alert would come twice.`

/** A file of Grafana's provisioning of alerting, with what its reader must know besides. */
export function renderProvisioning(
  note: string,
  content: Readonly<Record<string, YamlValue>>,
): string {
  return `${GENERATED_LINE}\n${ALTERNATIVE}\n${note}\n${renderYaml({ apiVersion: 1, ...content })}`
}

/** A text as Grafana reads it unchanged where it would put environment variables in. */
export function withoutVariables(text: string): string {
  return text.replaceAll('$', '$$$$')
}

/** Where Grafana puts an environment variable in. */
export const variable = (name: string): string => `\${${name}}`
