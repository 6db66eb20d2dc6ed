import {
  ENV_OTEL_SDK_DISABLED,
  ENV_OTEL_TRACES_EXPORTER,
  ENV_OTEL_TRACES_SAMPLER,
  ENV_OTEL_TRACES_SAMPLER_ARG,
} from '@throughline/conventions'
import type { Complaint } from '../check.ts'
import { assignment, type Setting, valueOf } from '../settings.ts'

/** SDK_DISABLED: variables that switch tracing off. `all` has what else is set for the same application. */
export function checkSwitchedOff(
  settings: readonly Setting[],
  all: readonly Setting[] = settings,
): readonly Complaint[] {
  const isByRatio = /^(parentbased_)?traceidratio$/i.test(
    valueOf(all, ENV_OTEL_TRACES_SAMPLER) ?? '',
  )
  return settings.flatMap((setting): Complaint[] => {
    const why = costOf(setting, isByRatio)
    if (why === undefined) return []
    return [
      {
        code: 'SDK_DISABLED',
        level: 'error',
        at: setting.at,
        what: `${assignment(setting)} is set${setting.at === undefined ? ' in the environment' : ''}`,
        why,
        fix: `remove ${setting.name}${setting.name === ENV_OTEL_TRACES_SAMPLER_ARG ? ', or give it a share from 0 to 1, as 0.1' : ''}`,
      },
    ]
  })
}

function costOf({ name, value }: Setting, isByRatio: boolean): string | undefined {
  const given = value.trim().toLowerCase()
  if (name === ENV_OTEL_SDK_DISABLED && given === 'true')
    return 'nothing is started: no spans, no metrics, no port'
  if (name === ENV_OTEL_TRACES_EXPORTER && given === 'none') return 'spans are sent nowhere'
  if (name === ENV_OTEL_TRACES_SAMPLER && /^(parentbased_)?always_off$/.test(given))
    return 'no trace that begins here is kept'
  if (name === ENV_OTEL_TRACES_SAMPLER_ARG && isByRatio && given !== '' && Number(given) === 0)
    return 'no trace that begins here is kept'
  return undefined
}
