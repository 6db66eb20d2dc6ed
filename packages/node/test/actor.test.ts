import type { Audience } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { judgeActor } from '../src/requests/actor.ts'
import type { Actor, Caller, Credential } from '../src/requests/request.ts'

test.for<[Caller, Credential, Audience | undefined, Actor]>([
  ['internal', 'none', undefined, 'internal'],
  ['internal', 'session', 'browser', 'internal'],
  ['internal', 'api-key', 'partner', 'internal'],
  ['neighbour', 'none', 'internal', 'anonymous'],
  ['neighbour', 'session', 'browser', 'user'],
  ['page', 'session', 'browser', 'user'],
  ['page', 'none', 'public', 'anonymous'],
  ['stranger', 'session', 'partner', 'user'],
  ['stranger', 'api-key', 'partner', 'partner'],
  ['stranger', 'api-key', undefined, 'partner'],
  ['stranger', 'either', 'partner', 'partner'],
  ['stranger', 'either', 'browser', 'user'],
  ['stranger', 'either', undefined, 'user'],
  ['stranger', 'none', 'partner', 'anonymous'],
])(
  '%s with credentials "%s" on a route for "%s" is %s',
  ([caller, credential, audience, actor]) => {
    expect(judgeActor({ caller, credential }, audience)).toBe(actor)
  },
)
