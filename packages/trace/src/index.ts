export { keepDistinct, type DistinctSpans } from './distinct-spans.ts'
export { formatDuration } from './format-duration.ts'
export type * from './gap.ts'
export { readTrace } from './read-trace.ts'
export type * from './reading.ts'
export { renderReading } from './render-reading.ts'
export { renderTree } from './render-tree.ts'
export {
  collectionOf,
  databaseOf,
  databaseSystemOf,
  hostOf,
  methodOf,
  pathOf,
  queueOf,
  routeOf,
  statusCodeOf,
  textOf,
} from './span-attributes.ts'
export { categoryOf } from './span-category.ts'
export { failureOf, isFailed } from './span-failure.ts'
export { ownerOf } from './span-owner.ts'
export { titleOf } from './span-title.ts'
export type * from './surroundings.ts'
export { buildTraces, type BuildOptions, type SpanNode, type TraceTree } from './trace-tree.ts'
export type { RenderOptions } from './tree-drawing.ts'
