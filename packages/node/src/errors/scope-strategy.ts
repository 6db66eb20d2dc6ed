import { context, createContextKey, type Context } from '@opentelemetry/api'
import type { ScopeStrategy, SentryScope } from './sentry-parts.ts'

interface Scopes {
  readonly scope: SentryScope
  readonly isolationScope: SentryScope
}

const SCOPES = createContextKey('throughline.sentry.scopes')

/**
 * Keeps Sentry's scopes by the unit of work that runs, a request or a job, so that what is set for one never shows in an
 * event of another.
 *
 * Sentry forks its scopes as a request begins. Here they are made when a unit first asks for them, and most never do.
 * What an application forks within a unit is kept in OpenTelemetry's context; outside of all units `original` answers.
 */
export function createScopeStrategy(
  original: ScopeStrategy,
  unitOf: (active: Context) => object | undefined,
): ScopeStrategy {
  const held = new WeakMap<object, Scopes>()
  const fromOriginal = (): Scopes => ({
    scope: original.getCurrentScope(),
    isolationScope: original.getIsolationScope(),
  })
  const find = (): Scopes => {
    const active = context.active()
    const forked = active.getValue(SCOPES) as Scopes | undefined
    if (forked !== undefined) return forked
    const unit = unitOf(active)
    if (unit === undefined) return fromOriginal()
    const known = held.get(unit)
    if (known !== undefined) return known
    const { scope, isolationScope } = fromOriginal()
    const own = { scope: scope.clone(), isolationScope: isolationScope.clone() }
    held.set(unit, own)
    return own
  }
  const run = <T>(scopes: Scopes, callback: () => T): T =>
    context.with(context.active().setValue(SCOPES, scopes), callback)

  return {
    getCurrentScope: () => find().scope,
    getIsolationScope: () => find().isolationScope,
    withScope(callback) {
      const { scope, isolationScope } = find()
      const fork = scope.clone()
      return run({ scope: fork, isolationScope }, () => callback(fork))
    },
    withSetScope: (scope, callback) =>
      run({ scope, isolationScope: find().isolationScope }, () => callback(scope)),
    withIsolationScope(callback) {
      const { scope, isolationScope } = find()
      const fork = isolationScope.clone()
      return run({ scope: scope.clone(), isolationScope: fork }, () => callback(fork))
    },
    withSetIsolationScope: (isolationScope, callback) =>
      run({ scope: find().scope.clone(), isolationScope }, () => callback(isolationScope)),
    ...(original.getTracingChannelBinding && {
      getTracingChannelBinding: original.getTracingChannelBinding,
    }),
  }
}
