import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace'
import type { SamplerName } from './environment.ts'

/** The sampler of a name; `ratio` (0 to 1) is the share of traces that a ratio sampler keeps. */
export function createSampler(name: SamplerName, ratio: number): Sampler {
  const [, parent, root = name] = /^(parentbased_)?(.+)$/.exec(name) ?? []
  const sampler =
    root === 'always_on'
      ? new AlwaysOnSampler()
      : root === 'always_off'
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(ratio)
  return parent === undefined ? sampler : new ParentBasedSampler({ root: sampler })
}
