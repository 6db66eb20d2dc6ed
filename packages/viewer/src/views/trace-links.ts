import type { ConfiguredLinks } from '../api/meta.ts'
import type { CatalogReading } from '../live-catalog.ts'

/** What stands for the id of a trace in a link. */
const PLACEHOLDER = '{traceId}'

/** Links as they are configured; that to Grafana else as the catalog names one. */
export function linksWith(
  { grafana, jaeger, sentry }: Partial<ConfiguredLinks>,
  catalog: CatalogReading,
): ConfiguredLinks {
  return { grafana: grafana ?? grafanaOf(catalog), jaeger, sentry }
}

/** The links to one trace. */
export function linksTo(
  traceId: string,
  links: ConfiguredLinks,
): { readonly grafana?: string; readonly jaeger?: string; readonly sentry?: string } {
  return Object.fromEntries(
    Object.entries(links).flatMap(([name, link]: readonly [string, string | undefined]) =>
      link === undefined ? [] : [[name, link.replaceAll(PLACEHOLDER, traceId)]],
    ),
  )
}

/** Explore of the catalog's Grafana, on the data source `tempo`: that of compose/. */
function grafanaOf(catalog: CatalogReading): string | undefined {
  const address = catalog.state === 'ready' ? catalog.catalog.org.links?.grafana : undefined
  if (address === undefined) return undefined
  const pane = {
    datasource: 'tempo',
    queries: [
      { refId: 'A', datasource: { uid: 'tempo' }, queryType: 'traceql', query: PLACEHOLDER },
    ],
    range: { from: 'now-1h', to: 'now' },
  }
  const panes = encodeURIComponent(JSON.stringify({ a: pane })).replaceAll(
    encodeURIComponent(PLACEHOLDER),
    PLACEHOLDER,
  )
  return `${address}/explore?schemaVersion=1&orgId=1&panes=${panes}`
}
