import type { Catalog, ServiceKind } from '@throughline/catalog'
import type { Surroundings } from '../surroundings.ts'

/** What the catalog's file is called where there is none yet. */
const USUAL_FILE = 'ownership.yaml'

/** Name of the catalog's file, as sentences show it. */
export function catalogFile({ ownership }: Surroundings): string {
  return ownership === undefined ? USUAL_FILE : basename(ownership.catalog.file)
}

/** `ownership.yaml:61`: where a service stands in the catalog; undefined where it does not. */
export function lineOfService(catalog: Catalog, name: string): string | undefined {
  const service = catalog.services.get(name)
  return service && `${basename(catalog.file)}:${service.line}`
}

/** A name without its folders. By hand, since a reading is also made where there is no `node:path`. */
const basename = (file: string): string =>
  file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)

/** How a service is made to send its spans. */
export function howToInstrument(service: string, kind: ServiceKind | undefined): string {
  switch (kind) {
    case 'next':
      return `export { register, onRequestError } from '@throughline/next' in instrumentation.ts of ${service}, and set OTEL_SERVICE_NAME=${service}`
    case 'node':
    case 'worker':
      return `start ${service} by: OTEL_SERVICE_NAME=${service} node --import @throughline/node/register <its main file>`
    default:
      return `start ${service} with an OpenTelemetry SDK, OTEL_SERVICE_NAME=${service} and OTEL_EXPORTER_OTLP_ENDPOINT; in Node: node --import @throughline/node/register <its main file>`
  }
}
