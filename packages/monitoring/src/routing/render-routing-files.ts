import { GENERATED_LINE } from '../generated-line.ts'
import type { OutputFile } from '../output-file.ts'
import type { Ownership } from '../ownership.ts'
import { renderYaml, type YamlValue } from '../yaml-text.ts'
import { type NotificationOptions, renderAlertmanagerConfig } from './alertmanager-config.ts'
import { listRoutingCases, type RoutingCase } from './routing-cases.ts'

/** Alertmanager's configuration, and the cases that say who must get what. */
export function renderRoutingFiles(
  ownership: Ownership,
  options: NotificationOptions = {},
): readonly OutputFile[] {
  return [
    {
      path: 'alerts/alertmanager.yaml',
      text: renderAlertmanagerConfig(ownership.catalog, options),
    },
    { path: 'alerts/routing-tests.yaml', text: renderRoutingTests(listRoutingCases(ownership)) },
  ]
}

function renderRoutingTests(cases: readonly RoutingCase[]): string {
  const tests: YamlValue = cases.map(({ name, labels, receivers }) => ({ name, labels, receivers }))
  return `${GENERATED_LINE}
# ${cases.length} cases, one for each entry of the catalog. Each says what this prints:
#   amtool config routes test --config.file alerts/alertmanager.yaml <label>=<value> …
${renderYaml({ tests })}`
}
