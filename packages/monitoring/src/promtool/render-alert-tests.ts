import { GENERATED_LINE } from '../generated-line.ts'
import type { OutputFile } from '../output-file.ts'
import type { TeamRules } from '../alerts/team-rules.ts'
import { renderYaml, type YamlValue } from '../yaml-text.ts'
import { compileAlertTests } from './alert-tests.ts'

/** Step of the tests that need no other: their file's name does not say it. */
const USUAL_STEP = '1m'

/** promtool's tests of each team's alerts, beside the rules: one file for each step of their series. */
export function renderAlertTestFiles(rules: readonly TeamRules[]): readonly OutputFile[] {
  return rules.flatMap(team =>
    [...compileAlertTests(team, 'alerts.rules.yaml')].map(([step, tests]) => ({
      path: `alerts/${team.team}/alerts${step === USUAL_STEP ? '' : `.${step}`}.test.yaml`,
      text: `${GENERATED_LINE}\n${renderYaml(tests as unknown as YamlValue)}`,
    })),
  )
}
