import type { Problem } from '@throughline/catalog'
import { isRecord, type JsonRecord, listOf, recordOf, stringOf } from './json.ts'

/** A query of a panel. */
export interface TargetEntry {
  readonly refId: string | undefined
  /** Type of its data source: `prometheus`, `loki`, `tempo`; of the panel's where it has none of its own. */
  readonly type: string | undefined
  /** Address of its data source, which may be a variable. */
  readonly source: string | undefined
  readonly query: string
}

/** A panel of a dashboard; those of a collapsed row are panels like others. */
export interface PanelEntry {
  readonly at: string
  /** Title and id, for a message. */
  readonly name: string
  readonly type: string
  readonly id: number | undefined
  readonly json: JsonRecord
  readonly targets: readonly TargetEntry[]
  /** Panels laid out together with it have the same: the dashboard, or a collapsed row. */
  readonly layout: string
}

/** A dashboard as it stands in a file. */
export interface DashboardEntry {
  readonly file: string
  readonly at: string
  readonly uid: string | undefined
  /** Tags, such as `team:billing`. */
  readonly tags: readonly string[]
  readonly json: JsonRecord
  readonly panels: readonly PanelEntry[]
  /** Names of its own variables, with the type of each. */
  readonly variables: ReadonlyMap<string, string>
  /** Line of the first place at which a text stands. */
  readonly placeOf: (text: string) => string
}

/** Reads every dashboard; a file that is none is a problem. */
export function readDashboards(files: ReadonlyMap<string, string>): {
  readonly dashboards: readonly DashboardEntry[]
  readonly problems: readonly Problem[]
} {
  const dashboards: DashboardEntry[] = []
  const problems: Problem[] = []
  for (const [file, text] of files) {
    if (!/^dashboards\/.*\.json$/.test(file)) continue
    const json = parseJson(text)
    if (isRecord(json)) dashboards.push(readDashboard(file, text, json))
    else {
      const message = typeof json === 'string' ? `not valid JSON: ${json}` : 'not a JSON object'
      problems.push({ at: file, message, fix: 'export the dashboard again, or remove the file' })
    }
  }
  return { dashboards, problems }
}

/** What a JSON text holds; what is wrong with it, when it is none. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? undefined : value
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function readDashboard(file: string, text: string, json: JsonRecord): DashboardEntry {
  const placeOf = (needle: string): string => {
    const offset = text.indexOf(needle)
    return offset === -1 ? file : `${file}:${text.slice(0, offset).split('\n').length}`
  }
  const panels = listOf(json['panels'])
    .filter(isRecord)
    .flatMap(panel => [
      readPanel(panel, '', placeOf),
      ...listOf(panel['panels'])
        .filter(isRecord)
        .map(inner => readPanel(inner, stringOf(panel['title']) ?? 'row', placeOf)),
    ])
  const variables = listOf(recordOf(json['templating'])['list']).filter(isRecord)
  return {
    file,
    at: file,
    uid: stringOf(json['uid']),
    tags: listOf(json['tags']).filter(tag => typeof tag === 'string'),
    json,
    panels,
    variables: new Map(
      variables.map(variable => [
        stringOf(variable['name']) ?? '',
        stringOf(variable['type']) ?? '',
      ]),
    ),
    placeOf,
  }
}

function readPanel(
  json: JsonRecord,
  layout: string,
  placeOf: DashboardEntry['placeOf'],
): PanelEntry {
  const title = stringOf(json['title']) ?? ''
  const id = typeof json['id'] === 'number' ? json['id'] : undefined
  const source = recordOf(json['datasource'])
  return {
    at: title === '' ? placeOf(`"id": ${id}`) : placeOf(`"title": ${JSON.stringify(title)}`),
    name: title === '' ? `panel ${id ?? 'without id'}` : `panel ${JSON.stringify(title)}`,
    type: stringOf(json['type']) ?? '',
    id,
    json,
    layout,
    targets: listOf(json['targets'])
      .filter(isRecord)
      .map(target => {
        const own = recordOf(target['datasource'])
        return {
          refId: stringOf(target['refId']),
          type: stringOf(own['type']) ?? stringOf(source['type']),
          source: stringOf(own['uid']) ?? stringOf(source['uid']),
          query: stringOf(target['expr']) ?? stringOf(target['query']) ?? '',
        }
      }),
  }
}
