import { createHostTable, hostFormat, type Catalog, type HostTable } from '@throughline/catalog'
import {
  ENV_THROUGHLINE_INTERNAL_CIDRS,
  ENV_THROUGHLINE_INTERNAL_SECRET,
  ENV_THROUGHLINE_PROPAGATE_TO,
} from '@throughline/conventions'
import type { Reporter } from '../diagnostics.ts'
import type { TrustSettings } from '../environment.ts'
import { readNetworks, type Networks } from '../networks.ts'

/** What {@link TrustSettings} say, as far as they are good. */
export interface TrustRules {
  /** Whether loopback is nobody of ours by itself. */
  readonly production: boolean
  /** Networks of callers that are services of ours. */
  readonly internalPeers: Networks
  /** Secrets that prove a caller to be one of ours; the first is sent. */
  readonly secrets: readonly string[]
  /** Hosts besides those of the catalog that trace headers are sent to. */
  readonly allowedHosts: HostTable<true>
}

/** A secret is guessed the sooner the shorter it is, and has to fit into a header. */
const SECRET = /^[\x21-\x7e]{16,512}$/

/** Compiles the settings. What is bad is said, a secret by its place and never by its text, and counts as not given. */
export function readTrustRules(
  { internalCidrs, internalSecrets, propagateTo }: TrustSettings,
  production: boolean,
  reporter: Reporter,
): TrustRules {
  const refuse = (name: string, what: string): void =>
    reporter.report(`${name} ${what}`, `${name} holds ${what}; it is left out`)

  const secrets = internalSecrets.filter((secret, at) => {
    if (SECRET.test(secret)) return true
    refuse(
      ENV_THROUGHLINE_INTERNAL_SECRET,
      `at place ${at + 1} a secret that is not 16 to 512 letters, digits and signs without a space`,
    )
    return false
  })
  const hosts = propagateTo.flatMap(text => {
    const host = hostFormat.parse(text)
    if (host !== undefined) return [[host, true] as const]
    refuse(
      ENV_THROUGHLINE_PROPAGATE_TO,
      `${JSON.stringify(text)}, which is no host as *.example.com or api:4000`,
    )
    return []
  })
  return {
    production,
    internalPeers: readNetworks(ENV_THROUGHLINE_INTERNAL_CIDRS, internalCidrs, reporter),
    secrets,
    allowedHosts: createHostTable(hosts),
  }
}

/** Kinds of services that call each other. */
const CALLING_KINDS = new Set(['next', 'node', 'worker'])

/** Says that callers in other services are strangers, where that is surely not meant: in production, with several services in the catalog. */
export function warnOfStrangers(
  { production, internalPeers, secrets }: TrustRules,
  catalog: Catalog | undefined,
  reporter: Reporter,
): void {
  if (!production || !internalPeers.isEmpty || secrets.length > 0) return
  const services = [...(catalog?.services.values() ?? [])]
  if (services.filter(({ kind }) => CALLING_KINDS.has(kind)).length < 2) return
  reporter.report(
    'callers-unknown',
    `calls from other services of the catalog cannot be told from those of strangers, so their traces end here, but on internal and admin routes. Set ${ENV_THROUGHLINE_INTERNAL_SECRET} to one secret in all services, or ${ENV_THROUGHLINE_INTERNAL_CIDRS} to their networks.`,
  )
}
