/**
 * Texts of notifications, as Go templates with what Alertmanager 0.25 and Grafana both know. They stand in the receivers
 * themselves: a file of templates that is not mounted would cost every notification.
 */

/** How a product writes emphasis and links. */
export interface TextStyle {
  readonly bold: (text: string) => string
  /** `url` is a template, as the text of the result is. */
  readonly link: (text: string, url: string) => string
  /** Appended to a field that people wrote, so that it is not read as markup. */
  readonly escape: string
}

/** What differs between Alertmanager and Grafana. */
export interface Notifier {
  /** Label that holds the name of the alert: Grafana puts the title of its rule into `alertname`. */
  readonly nameLabel: 'alertname' | 'alert'
  /** Template of an address at which the alert is silenced, where it has one. */
  readonly silenceUrl: string | undefined
}

export const SLACK: TextStyle = {
  bold: text => `*${text}*`,
  link: (text, url) => `<${url}|${text}>`,
  escape: ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"',
}

export const MARKDOWN: TextStyle = {
  bold: text => `**${text}**`,
  link: (text, url) => `[${text}](${url})`,
  escape: '',
}

export const PLAIN: TextStyle = {
  bold: text => text,
  link: (text, url) => `${text}: ${url}`,
  escape: '',
}

/** More alerts of one group than this are counted, not told one by one. */
const MOST_TOLD = 10

export const LINKS = [
  ['Runbook', 'runbook_url'],
  ['Dashboard', 'dashboard_url'],
  ['Traces', 'traces_url'],
  ['Logs', 'logs_url'],
] as const

/** Said where nothing in the catalog lists what the alert is about. */
const BY_DEFAULT =
  "Owner by default: no line of the catalog lists this, so the service's own team is told."

/** `PAGE: AvailabilityBurnFast in web`, or `RESOLVED: …`. */
export const titleOf = ({ nameLabel }: Notifier): string =>
  '{{ if eq .Status "resolved" }}RESOLVED{{ else }}{{ with .CommonLabels.severity }}{{ . | toUpper }}{{ else }}ALERT{{ end }}{{ end }}: ' +
  `{{ .CommonLabels.${nameLabel} }}{{ with .CommonLabels.service }}{{ if ne . "all" }} in {{ . }}{{ end }}{{ end }}`

/** Each part is there only if the alert says it: those that are not ours may say little. */
const WHO = [
  '{{ with .Labels.team }}Team {{ . }}{{ end }}',
  '{{ with .Labels.role }} ({{ . }}){{ end }}',
  '{{ with .Labels.service }} · service {{ . }}{{ end }}',
  '{{ with .Labels.severity }} · severity {{ . }}{{ end }}',
  '{{ with .Annotations.decided_by }} · named by {{ . }}{{ end }}',
].join('')

/** All that the alerts of a group say; `preface`, where given, comes first. */
export function textOf(style: TextStyle, { silenceUrl }: Notifier, preface?: string): string {
  const { bold, link, escape } = style
  const links = LINKS.map(([text, name], index) =>
    linkOf(style, index === 0 ? '' : ' · ', text, name),
  )
  const silence =
    silenceUrl === undefined
      ? ''
      : `{{ with ${silenceUrl} }} · ${link('Silence', '{{ . }}')}{{ end }}`
  const alert = [
    `${bold(`{{ with .Annotations.summary }}{{ .${escape} }}{{ else }}{{ .Labels.alertname }}{{ end }}`)}{{ if eq .Status "resolved" }} (resolved){{ end }}`,
    `{{ with .Annotations.description }}{{ .${escape} }}`,
    `{{ end }}${WHO}`,
    `{{ if eq .Labels.ownership "default" }}${BY_DEFAULT}`,
    `{{ end }}${links.join('')}${silence}`,
  ]
  return [
    ...(preface === undefined ? [] : [preface]),
    `{{ range $index, $alert := .Alerts }}{{ if lt $index ${MOST_TOLD} }}${alert.join('\n')}`,
    `{{ end }}{{ end }}{{ if gt (len .Alerts) ${MOST_TOLD} }}… and more: {{ len .Alerts }} alerts in all.{{ end }}`,
  ].join('\n')
}

/** A runbook may be a path in the repository, which is no link. */
const linkOf = ({ link }: TextStyle, before: string, text: string, name: string): string =>
  `{{ with .Annotations.${name} }}${before}{{ if match "^https?://" . }}${link(text, '{{ . }}')}{{ else }}${text}: {{ . }}{{ end }}{{ end }}`

/** A field of the first alert of a group. */
const first = (field: string): string => `(index .Alerts 0).${field}`

/** What a pager shows beside the title: of the first alert, where the group has several. */
export const DETAILS: Readonly<Record<string, string>> = {
  team: `{{ ${first('Labels.team')} }}`,
  role: `{{ ${first('Labels.role')} }}`,
  service: `{{ ${first('Labels.service')} }}`,
  ownership: `{{ if eq ${first('Labels.ownership')} "default" }}${BY_DEFAULT}{{ else }}As the catalog says.{{ end }}`,
  decided_by: `{{ ${first('Annotations.decided_by')} }}`,
  description: `{{ ${first('Annotations.description')} }}`,
  runbook: `{{ ${first('Annotations.runbook_url')} }}`,
  dashboard: `{{ ${first('Annotations.dashboard_url')} }}`,
  traces: `{{ ${first('Annotations.traces_url')} }}`,
  logs: `{{ ${first('Annotations.logs_url')} }}`,
}

/** One line for a pager: the title and the first summary. */
export const summaryOf = (notifier: Notifier, preface?: string): string =>
  `${preface === undefined ? '' : `${preface} `}${titleOf(notifier)}: {{ ${first('Annotations.summary')} }}{{ if gt (len .Alerts) 1 }} ({{ len .Alerts }} alerts){{ end }}`

/** A value for each severity, `otherwise` for those that are none of ours. */
export const bySeverity = (page: string, ticket: string, otherwise: string): string =>
  `{{ if eq .CommonLabels.severity "page" }}${page}{{ else if eq .CommonLabels.severity "ticket" }}${ticket}{{ else }}${otherwise}{{ end }}`

/** Template of the address of a link of the first alert; empty where it is none. */
export const firstLink = (name: (typeof LINKS)[number][1]): string =>
  `{{ with ${first(`Annotations.${name}`)} }}{{ if match "^https?://" . }}{{ . }}{{ end }}{{ end }}`

const IN_URL = ' | urlquery | reReplaceAll "[+]" "%20"'

/** The form of a new silence in Alertmanager, filled in with what the alerts of the group have in common. */
export const SILENCE_GROUP: string = [
  '{{ .ExternalURL }}/#/silences/new?filter=%7B',
  '{{ range .CommonLabels.SortedPairs }}{{ if ne .Name "alertname" }}',
  `{{ .Name }}%3D%22{{ .Value${IN_URL} }}%22%2C`,
  '{{ end }}{{ end }}',
  `alertname%3D%22{{ .CommonLabels.alertname${IN_URL} }}%22%7D`,
].join('')
