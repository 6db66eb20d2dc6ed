import type { TraceReading } from '@throughline/trace'
import type { App } from '../../project/project.ts'
import type { Finding } from '../finding.ts'

/** Hosts that were called and told no trace, though they may be ours. What is so on purpose is left out. */
export function findWithheldHosts(app: App, { gaps }: TraceReading): readonly Finding[] {
  return gaps
    .filter(({ reason, weight }) => reason === 'header-withheld' && weight === 'gap')
    .map(({ sentence, mend }) => ({
      code: 'CONTEXT_WITHHELD',
      level: 'warning',
      service: app.service,
      at: undefined,
      what: sentence.replace(/\.$/, ''),
      why: 'what the one who was called does is another trace, or none',
      fix: mend?.replace(/\.$/, '') ?? 'list the host in ownership.yaml',
    }))
}
