export {
  startCollector,
  type Collector,
  type CollectorOptions,
  type TraceQuery,
} from './collector.ts'
export { formatDuration, renderTree, type RenderOptions } from './render-tree.ts'
export {
  describePattern,
  followPath,
  matchesSpan,
  type SpanFields,
  type SpanPattern,
} from './span-pattern.ts'
export { buildTraces, type BuildOptions, type SpanNode, type TraceTree } from './trace-tree.ts'
