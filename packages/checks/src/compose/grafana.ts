import { DATA_SOURCES } from '../../../monitoring/src/links.ts'
import type { Files } from './files.ts'
import { isMap, walk } from './yaml-files.ts'
import { listMissing } from './missing.ts'

const SOURCES = 'compose/grafana/provisioning/datasources/datasources.yaml'
const PROVIDERS = 'compose/grafana/provisioning/dashboards/dashboards.yaml'
/** Data sources that Grafana has by itself. */
const BUILT_IN = ['grafana', '-- Grafana --', '-- Mixed --', '-- Dashboard --']

interface DataSource {
  readonly uid: string
  readonly type: string
  readonly jsonData: Readonly<Record<string, unknown>>
}

/** Links between metrics, traces and logs that would lead nowhere, and dashboards that Grafana would not find. */
export function listGrafanaProblems(files: Files): string[] {
  const { datasources } = files.yaml(SOURCES) as {
    readonly datasources: readonly DataSource[]
  }
  return [
    ...listUidProblems(files, datasources),
    ...listShiftProblems(datasources),
    ...listCorrelationProblems(datasources),
    ...listProviderProblems(files),
  ]
}

function listUidProblems(files: Files, sources: readonly DataSource[]): string[] {
  const uids = sources.map(({ uid }) => uid)
  const linked = [...walk(sources)].flatMap(({ key, value }) =>
    key === 'datasourceUid' && typeof value === 'string' ? value : [],
  )
  return [
    ...[...Object.values(DATA_SOURCES), ...linked]
      .filter(uid => !uids.includes(uid))
      .map(uid => `${SOURCES}: there is no data source ${uid}`),
    ...uids
      .filter((uid, index) => uids.indexOf(uid) < index)
      .map(uid => `${SOURCES}: ${uid} is there twice`),
    ...listDashboards(files).flatMap(([path, dashboard]) =>
      listUnknownSources(dashboard, uids).map(uid => `${path}: there is no data source ${uid}`),
    ),
  ]
}

/** Uids that a dashboard names, neither provisioned, nor built in, nor a variable of its own. */
function listUnknownSources(dashboard: unknown, uids: readonly string[]): string[] {
  const known = new Set([...uids, ...BUILT_IN])
  const named = new Set<string>()
  for (const { key, value } of walk(dashboard)) {
    if (!isMap(value)) continue
    if (key === 'list' && value['type'] === 'datasource') known.add(`\${${String(value['name'])}}`)
    if (key === 'datasource' && typeof value['uid'] === 'string') named.add(value['uid'])
  }
  return listMissing(named, known)
}

function listDashboards(files: Files): [path: string, dashboard: unknown][] {
  return files.paths
    .filter(path => path.startsWith('dashboards/') && path.endsWith('.json'))
    .map(path => [path, JSON.parse(files.text(path))])
}

/** Grafana's own example has them the wrong way round: the start is shifted back, the end forward. */
function listShiftProblems(sources: readonly DataSource[]): string[] {
  return [...walk(sources)].flatMap(({ key, value }) => {
    if (!isMap(value) || !('spanStartTimeShift' in value || 'spanEndTimeShift' in value)) return []
    const { spanStartTimeShift: start, spanEndTimeShift: end } = value
    const isWider = /^-\d+[smh]$/.test(String(start)) && /^\d+[smh]$/.test(String(end))
    return isWider
      ? []
      : [`${SOURCES}: ${key} shifts the start by ${String(start)} and the end by ${String(end)}`]
  })
}

function listCorrelationProblems(sources: readonly DataSource[]): string[] {
  const wanted: Readonly<Record<string, readonly string[]>> = {
    prometheus: ['exemplarTraceIdDestinations'],
    tempo: ['tracesToLogsV2', 'tracesToMetrics', 'serviceMap', 'nodeGraph'],
    loki: ['derivedFields'],
    alertmanager: ['implementation', 'handleGrafanaManagedAlerts'],
  }
  return Object.entries(wanted).flatMap(([type, keys]) => {
    const settings = sources.find(source => source.type === type)?.jsonData ?? {}
    return keys.filter(key => !(key in settings)).map(key => `${SOURCES}: ${type} has no ${key}`)
  })
}

function listProviderProblems(files: Files): string[] {
  const { providers } = files.yaml(PROVIDERS) as {
    readonly providers: readonly {
      readonly allowUiUpdates: boolean
      readonly folder?: string
      readonly options: { readonly foldersFromFilesStructure?: boolean }
    }[]
  }
  return providers.flatMap(({ allowUiUpdates, folder, options }) => [
    ...(options.foldersFromFilesStructure === true && folder === undefined
      ? []
      : [`${PROVIDERS}: a folder of dashboards/ does not become one of Grafana`]),
    ...(allowUiUpdates ? [`${PROVIDERS}: generated dashboards can be changed`] : []),
  ])
}
