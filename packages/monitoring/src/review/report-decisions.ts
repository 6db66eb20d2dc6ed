import type { OwnershipReport, Review } from './ownership-report.ts'
import { counted, wordReview } from './report-wording.ts'

/** Something that waits for a team. */
export interface Decision {
  readonly level: 'overdue' | 'soon'
  /** A few words: `overdue for 12 days`. */
  readonly state: string
  readonly what: string
  readonly team: string
  /** A command, or an edit of the catalog. */
  readonly mend: string
}

/** What a lead has to see to, the most urgent first. */
export function listDecisions(report: OwnershipReport): readonly Decision[] {
  const { reviews, exceptions, unlisted = [], teams } = report
  const due = [...Map.groupBy(reviews.filter(isDue), ({ team }) => team)].flatMap(reviewsOf)
  const unheard = teams.flatMap(({ id, alerts, page, ticket }): Decision[] => {
    if (alerts === 0 || (page.channelTeam === id && ticket.channelTeam === id)) return []
    const isLost = page.channel === undefined || ticket.channel === undefined
    const other = page.channelTeam ?? ticket.channelTeam ?? ''
    return [
      {
        level: isLost ? 'overdue' : 'soon',
        state: isLost ? 'reaches nobody' : `reaches ${other}`,
        what: `${counted(alerts, 'alert')} of a team without a channel of its own`,
        team: id,
        mend: `channels: { page: …, ticket: … } under teams.${id}`,
      },
    ]
  })
  const inCode = unlisted.map(({ service, method, path, team }): Decision => ({
    level: 'soon',
    state: 'not in the catalog',
    what: `${service} ${method} ${path}`,
    team,
    mend: `{ match: "${method} ${path}", team: … } under ${service}.routes`,
  }))
  const ending = exceptions
    .filter(({ soon }) => soon)
    .map(({ rule, target, daysLeft, by }): Decision => ({
      level: 'soon',
      state: daysLeft === 0 ? 'ends today' : `ends in ${counted(daysLeft, 'day')}`,
      what: `Exception from ${rule} for ${target}`,
      team: by,
      mend: 'mend what it silences, or write a later day',
    }))
  const all = [...due, ...unheard, ...inCode, ...ending]
  return [
    ...all.filter(({ level }) => level === 'overdue'),
    ...all.filter(({ level }) => level === 'soon'),
  ]
}

const isDue = ({ state }: Review): boolean =>
  state === 'overdue' || state === 'never' || state === 'soon'

/** What a team has to review, as one thing: one command settles it. The first is the most urgent. */
function reviewsOf([team, [first, ...others]]: readonly [string, readonly Review[]]): Decision[] {
  if (first === undefined) return []
  const services = [first, ...others].flatMap(({ of, name }) => (of === 'service' ? [name] : []))
  const isOfTeam = services.length <= others.length
  const what = [
    ...(isOfTeam ? ['what the team owns'] : []),
    ...(services.length > 0 ? [`who owns ${services.join(', ')}`] : []),
  ]
  return [
    {
      level: first.state === 'soon' ? 'soon' : 'overdue',
      state: wordReview(first),
      what: `Review of ${what.join(', and of ')}`,
      team,
      mend: `throughline owners confirm ${team}`,
    },
  ]
}
