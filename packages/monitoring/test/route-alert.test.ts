import { expect, test } from 'vitest'
import { routeAlert } from '../src/routing/route-alert.ts'
import type { RoutingNode } from '../src/routing/routing-tree.ts'

const node = (
  receiver: string,
  match: RoutingNode['match'],
  routes: readonly RoutingNode[] = [],
  goesOn?: true,
): RoutingNode => ({
  receiver,
  match,
  routes,
  ...(goesOn === undefined ? {} : { continue: goesOn }),
})

const tree = node('root', {}, [
  node('copy', { kind: 'symptom' }, [], true),
  node('billing', { team: 'billing' }, [
    node('billing-page', { severity: 'page' }),
    node('billing-web', { service: 'web' }, [], true),
    node('billing-notice', { severity: 'notice' }),
  ]),
  node('shadowed', { team: 'billing', severity: 'page' }),
  node('no-team', { team: '', orphan: 'yes' }),
])

test.for([
  ['what matches no child stays at the root', { team: 'data' }, ['root']],
  ['what matches a child and none of its children stays there', { team: 'billing' }, ['billing']],
  [
    'the first child that matches takes it',
    { team: 'billing', severity: 'page' },
    ['billing-page'],
  ],
  [
    'a child that continues lets its siblings see it too',
    { team: 'billing', kind: 'symptom', severity: 'page' },
    ['copy', 'billing-page'],
  ],
  [
    'and so at each level',
    { team: 'billing', service: 'web', severity: 'notice' },
    ['billing-web', 'billing-notice'],
  ],
  ['a copy alone does not go to the root', { kind: 'symptom' }, ['copy']],
  ['a label that is absent is empty', { orphan: 'yes' }, ['no-team']],
  ['a label that is empty is absent', { team: '', orphan: 'yes' }, ['no-team']],
] as const)('%s', ([, labels, receivers]) => {
  expect(routeAlert(tree, labels)).toEqual(receivers)
})
