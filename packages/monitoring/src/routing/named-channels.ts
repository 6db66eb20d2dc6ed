import type { Catalog } from '@throughline/catalog'
import type { Channel } from './channel.ts'
import { prefaceOf, unroutedPreface } from './preface.ts'
import { receiverOf, TOLD_SEVERITIES, UNROUTED, WATCHDOG } from './receiver-names.ts'
import { channelOf } from './team-channel.ts'

/** A receiver that tells one channel. */
export interface NamedChannel {
  readonly name: string
  readonly channel: Channel
  /** What its messages say first. */
  readonly preface: string | undefined
}

/** Every receiver that tells somebody, in order. */
export function listNamedChannels(
  catalog: Catalog,
  watchdogSecret: string | undefined,
): readonly NamedChannel[] {
  const { team } = catalog.org.defaultTeam
  const unrouted = channelOf(catalog, team, 'ticket')
  const watchdog: Channel | undefined =
    watchdogSecret === undefined
      ? undefined
      : { kind: 'webhook', secret: watchdogSecret, text: `webhook:env:${watchdogSecret}` }
  return [
    { name: UNROUTED, channel: unrouted.channel, preface: unroutedPreface(unrouted.team) },
    ...(watchdog === undefined ? [] : [{ name: WATCHDOG, channel: watchdog, preface: undefined }]),
    ...[...catalog.teams.keys()].toSorted().flatMap(id =>
      TOLD_SEVERITIES.map(severity => {
        const found = channelOf(catalog, id, severity)
        const preface = prefaceOf(id, severity, found)
        return { name: receiverOf(id, severity), channel: found.channel, preface }
      }),
    ),
  ]
}
