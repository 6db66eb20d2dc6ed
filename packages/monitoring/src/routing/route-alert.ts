import type { RoutingNode } from './routing-tree.ts'

/** Names of the receivers that get an alert with these labels, in the order of the tree, as Alertmanager decides it. */
export function routeAlert(
  tree: RoutingNode,
  labels: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const receivers: string[] = []
  for (const node of tree.routes) {
    if (!matches(node, labels)) continue
    receivers.push(...routeAlert(node, labels))
    if (node.continue !== true) break
  }
  return receivers.length === 0 ? [tree.receiver] : receivers
}

/** A label that is absent is empty. */
function matches(
  { match }: RoutingNode,
  labels: Readonly<Record<string, string | undefined>>,
): boolean {
  return Object.entries(match).every(([label, value]) => (labels[label] ?? '') === value)
}
