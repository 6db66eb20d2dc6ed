import type { Audience } from '@throughline/catalog'
import type { Actor, Caller, Credential } from './request.ts'

const ACTOR_BY_CREDENTIAL: Readonly<Record<Exclude<Credential, 'either'>, Actor>> = {
  session: 'user',
  'api-key': 'partner',
  none: 'anonymous',
}

/**
 * Who asks, as far as a request shows: one of ours whatever it carries, else by what it carries. What may be a user's or a
 * partner's is a partner's on routes for partners, and a user's on all others.
 */
export function judgeActor(
  { caller, credential }: { readonly caller: Caller; readonly credential: Credential },
  audience: Audience | undefined,
): Actor {
  if (caller === 'internal') return 'internal'
  if (credential !== 'either') return ACTOR_BY_CREDENTIAL[credential]
  return audience === 'partner' ? 'partner' : 'user'
}
