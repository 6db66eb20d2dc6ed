import { createLinks } from '@throughline/monitoring/links'
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

/** Explore of the catalog's Grafana, on the data source of compose/. */
function grafanaOf(catalog: CatalogReading): string | undefined {
  if (catalog.state !== 'ready' || catalog.catalog.org.links?.grafana === undefined)
    return undefined
  const link = createLinks(catalog.catalog).traces(PLACEHOLDER)
  return link.replaceAll(encodeURIComponent(PLACEHOLDER), PLACEHOLDER)
}
