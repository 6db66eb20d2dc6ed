import { expect, test } from 'vitest'
import { lintRouting, type RoutingConfig } from './routing-lint.ts'

const sound: RoutingConfig = {
  route: {
    receiver: 'root',
    routes: [{ receiver: 'a', matchers: ['team="a"'] }],
  },
  receivers: [
    { name: 'root', slack_configs: [{}] } as { readonly name: string },
    { name: 'a', slack_configs: [{}] } as { readonly name: string },
  ],
  inhibit_rules: [{ source_matchers: ['a="b"'], target_matchers: ['c="d"'], equal: ['service'] }],
}
const [a] = sound.route.routes ?? []

test('a sound configuration has no fault', () => {
  expect(lintRouting(sound)).toEqual([])
})

test.for<[string, Partial<RoutingConfig>]>([
  [
    'route/team="a",team="b": behind team="a", which takes all of it',
    {
      route: {
        ...sound.route,
        routes: [
          ...(sound.route.routes ?? []),
          { receiver: 'a', matchers: ['team="a"', 'team="b"'] },
        ],
      },
    },
  ],
  [
    'route/team="a": behind team="a", which takes all of it',
    {
      route: {
        ...sound.route,
        routes: [...(sound.route.routes ?? []), ...(sound.route.routes ?? [])],
      },
    },
  ],
  [
    'route/: a child that matches everything',
    { route: { ...sound.route, routes: [{ receiver: 'a' }] } },
  ],
  [
    'route/team="a": group_wait > group_interval',
    { route: { ...sound.route, routes: [{ ...a, receiver: 'a', group_wait: '6m' }] } },
  ],
  [
    'route/team="a": group_interval > repeat_interval',
    { route: { ...sound.route, routes: [{ ...a, receiver: 'a', repeat_interval: '1m' }] } },
  ],
  ['a: no route leads there', { route: { receiver: 'root' } }],
  ['b: no such receiver', { route: { ...sound.route, receiver: 'b' } }],
  ['a: tells nobody', { receivers: [...sound.receivers.slice(0, 1), { name: 'a' }] }],
  [
    'a="b" → c="d": inhibits without equal',
    { inhibit_rules: [{ source_matchers: ['a="b"'], target_matchers: ['c="d"'] }] },
  ],
])('%s is a fault', ([fault, change]) => {
  expect(lintRouting({ ...sound, ...change })).toContain(fault)
})
