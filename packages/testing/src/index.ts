export {
  buildTraces,
  formatDuration,
  renderTree,
  type BuildOptions,
  type RenderOptions,
  type SpanNode,
  type TraceTree,
} from '@throughline/trace'
export { startCollector, type Collector, type CollectorOptions } from './collector.ts'
export { createTraceLog, type TraceLog, type TraceQuery } from './trace-log.ts'
export {
  describePattern,
  followPath,
  matchesSpan,
  type SpanFields,
  type SpanPattern,
} from './span-pattern.ts'
