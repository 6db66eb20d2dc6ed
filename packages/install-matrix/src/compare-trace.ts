import { renderTree, type TraceTree } from '@throughline/trace'
import type { ExpectedTrace } from './app.ts'

/** The services that have spans in a trace, sorted. */
export const servicesOf = ({ spans }: TraceTree): string[] =>
  [...new Set(spans.map(({ service }) => service))].toSorted()

/** Throws when one request made anything but the one trace that is expected, from a root to the last service. */
export function compareTrace(
  { root, services }: ExpectedTrace,
  traces: readonly TraceTree[],
): void {
  const [trace] = traces
  const found = trace === undefined ? [] : servicesOf(trace)
  const problems = [
    ...(traces.length === 1 ? [] : [`one request made ${traces.length} traces`]),
    ...(trace?.roots.length === 1 ? [] : [`it has ${trace?.roots.length ?? 0} roots`]),
    ...(trace?.roots[0]?.name === root
      ? []
      : [`its root is ${trace?.roots[0]?.name}, not ${root}`]),
    ...(trace?.orphans.length === 0 ? [] : ['it has spans whose parent is missing']),
    ...(found.join() === services.join()
      ? []
      : [`it has spans of ${found.join(', ')}, not of ${services.join(', ')}`]),
  ]
  if (problems.length === 0) return
  throw new Error([...problems, ...traces.map(tree => renderTree(tree))].join('\n'))
}
