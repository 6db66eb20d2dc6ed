import { GENERATED_LINE } from '../generated-line.ts'
import type { OutputFile } from '../output-file.ts'
import { renderYaml } from '../yaml-text.ts'
import { ruleGroups } from './render-rules.ts'
import type { TeamRules } from './team-rules.ts'

/**
 * Characters of groups in one resource. `kubectl apply` keeps a copy in an annotation, which holds 256 KiB; the operator refuses
 * one whose rules exceed 512 KiB.
 */
const MOST_CHARACTERS = 200_000

/**
 * The rules of each team as PrometheusRule, for those whose Prometheus the operator of Kubernetes runs: an alternative to the
 * rule files, of the same groups. A team with very many has several in its file.
 */
export function renderPrometheusRuleFiles(rules: readonly TeamRules[]): readonly OutputFile[] {
  return rules
    .filter(({ recording, alerts }) => recording.length + alerts.length > 0)
    .map(({ team, recording, alerts }) => {
      // Each is the item of a list, as it will stand below spec.groups.
      const groups = [...recording, ...alerts].map(group => renderYaml(ruleGroups([group]), '    '))
      const resources = chunk(groups).map((part, index) => resource(team, index, part))
      return {
        path: `alerts/${team}/prometheus-rule.yaml`,
        text: `${GENERATED_LINE}\n${resources.join('---\n')}`,
      }
    })
}

function resource(team: string, index: number, groups: readonly string[]): string {
  const head = renderYaml({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      name: index === 0 ? `throughline-${team}` : `throughline-${team}.${index + 1}`,
      labels: { team, 'app.kubernetes.io/part-of': 'throughline' },
    },
  })
  return `${head}spec:\n  groups:\n${groups.join('')}`
}

/** Texts in rows that are each as long as may be. */
function chunk(texts: readonly string[]): string[][] {
  const chunks: string[][] = []
  let room = 0
  for (const text of texts) {
    if (text.length > room) {
      chunks.push([])
      room = MOST_CHARACTERS
    }
    chunks.at(-1)?.push(text)
    room -= text.length
  }
  return chunks
}
