import type { ReportedAlert } from '@throughline/monitoring'

/** Which alerts somebody wants to see; an empty text is any. */
export interface AlertFilter {
  readonly text: string
  readonly team: string
  readonly severity: string
}

/** The alerts that a filter leaves. Each word of the text must stand somewhere in the row. */
export function filterAlerts(
  alerts: readonly ReportedAlert[],
  { text, team, severity }: AlertFilter,
): readonly ReportedAlert[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return alerts.filter(alert => {
    if (team !== '' && alert.team !== team) return false
    if (severity !== '' && alert.severity !== severity) return false
    if (words.length === 0) return true
    const { title, detail, service, role, receiver, channel = '', decidedBy } = alert
    const where = [
      alert.alert,
      title,
      detail,
      service,
      role,
      receiver,
      channel,
      decidedBy,
      alert.team,
      alert.severity,
    ]
      .join(' ')
      .toLowerCase()
    return words.every(word => where.includes(word))
  })
}

/** `195 alerts: 40 page, 130 ticket, 24 notice, 1 none` */
export function sayAlerts(alerts: readonly ReportedAlert[]): string {
  const severities = Map.groupBy(alerts, ({ severity }) => severity)
  const parts = ['page', 'ticket', 'notice', 'none'].flatMap(severity => {
    const amount = severities.get(severity)?.length ?? 0
    return amount === 0 ? [] : [`${amount} ${severity}`]
  })
  return parts.join(', ')
}
