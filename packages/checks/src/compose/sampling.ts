import type { Files } from './files.ts'
import { BASE, EXAMPLES, readStack } from './stack.ts'

const CONFIG = 'compose/collector/config.yaml'

/** Longest time in seconds after which an application sends what it has (`OTEL_BSP_SCHEDULE_DELAY`). */
const SEND_SECONDS = 5

interface Policy {
  readonly type: string
  readonly status_code?: { readonly status_codes: readonly string[] }
  readonly latency?: { readonly threshold_ms: number }
  readonly probabilistic?: { readonly sampling_percentage: number | string }
}

interface CollectorConfig {
  readonly processors: {
    readonly tail_sampling?: {
      readonly decision_wait: string
      readonly policies: readonly Policy[]
    }
  }
  readonly service: {
    readonly pipelines: { readonly traces: { readonly processors: readonly string[] } }
  }
}

/** What would lose a trace that failed or was slow: no rule that keeps it, or a decision without having seen it whole. */
export function listSamplingProblems(files: Files): string[] {
  const { processors, service } = files.yaml(CONFIG) as CollectorConfig
  const { tail_sampling: sampling } = processors
  const problems =
    sampling === undefined
      ? ['no processor looks at whole traces']
      : [
          ...listPolicyProblems(sampling.policies),
          ...(Number.parseFloat(sampling.decision_wait) > SEND_SECONDS
            ? []
            : [`decides after ${sampling.decision_wait}, and applications send within 5 s`]),
          ...listOrderProblems(service.pipelines.traces.processors),
        ]
  return [...problems.map(problem => `${CONFIG}: ${problem}`), ...listHeadProblems(files)]
}

function listPolicyProblems(policies: readonly Policy[]): string[] {
  const keepsErrors = policies.some(({ status_code: status }) =>
    status?.status_codes.includes('ERROR'),
  )
  const keepsSlow = policies.some(({ latency }) => latency !== undefined)
  const keepsSome = policies.some(({ probabilistic }) => probabilistic !== undefined)
  return [
    ...(keepsErrors ? [] : ['traces with errors are not kept']),
    ...(keepsSlow ? [] : ['slow traces are not kept']),
    ...(keepsSome ? [] : ['no share of the other traces is kept']),
  ]
}

/** Batches hold spans of many traces; and whoever is short of memory must say so before more is held. */
function listOrderProblems(processors: readonly string[]): string[] {
  const order = ['memory_limiter', 'tail_sampling', 'batch']
  const given = processors.filter(name => order.includes(name))
  return given.join() === order.join()
    ? []
    : [`traces go through ${given.join(', ')}, and should through ${order.join(', ')}`]
}

/** What an app does not send, the Collector cannot keep. */
function listHeadProblems(files: Files): string[] {
  const { services } = readStack(files, [BASE, EXAMPLES])
  return [...services]
    .filter(([, { environment }]) => environment?.['OTEL_TRACES_SAMPLER'] !== undefined)
    .map(([name]) => `${EXAMPLES}: ${name}: chooses traces before it is known which of them fail`)
}
