import { METRIC_THROUGHLINE_REDACTIONS } from '@throughline/conventions'
import type { Reporter } from '../diagnostics.ts'
import { readEnvironment, type RedactionSettings } from '../environment.ts'
import type { Metrics } from '../metrics/instruments.ts'
import { readOwnSecrets } from './own-secrets.ts'
import { createRedactor, type Redactor } from './redactor.ts'

/** The redactor of a process with this environment: it has the settings, and knows the secrets, that stand there. */
export const createProcessRedactor = (
  environment: NodeJS.ProcessEnv,
  settings: RedactionSettings = readEnvironment(environment).redaction,
): Redactor => createRedactor(settings, { ownSecrets: readOwnSecrets(environment) })

/** Says what is off or was not understood, and counts what is taken out from now on, by rule. */
export function reportRedactions(redactor: Redactor, metrics: Metrics, reporter: Reporter): void {
  for (const notice of redactor.notices) reporter.report(notice, notice)
  const redactions = metrics.instrument(METRIC_THROUGHLINE_REDACTIONS)
  let counting = false
  redactor.listen(rule => {
    // A pattern of the user's may match the name of the rule that is being counted.
    if (counting) return
    counting = true
    redactions.add([rule], 1)
    counting = false
  })
}
