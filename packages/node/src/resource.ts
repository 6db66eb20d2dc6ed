import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  defaultResource,
  detectResources,
  hostDetector,
  osDetector,
  processDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  type Resource,
} from '@opentelemetry/resources'
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@throughline/conventions'

/** Name of a service that nobody named, as OpenTelemetry's specification has it. */
const UNKNOWN_SERVICE = 'unknown_service:node'

/** What says who emits: the process, its host and `attributes`, which win. */
export function createResource(attributes: Readonly<Record<string, string>>): Resource {
  return defaultResource()
    .merge(
      detectResources({
        detectors: [hostDetector, osDetector, processDetector, serviceInstanceIdDetector],
      }),
    )
    .merge(resourceFromAttributes(attributes))
}

/** Name and version in the package.json that is nearest to `folder`, as resource attributes. */
export function describePackage(folder: string): Record<string, string> {
  const file = nearest('package.json', folder)
  const { name, version } = file === undefined ? {} : parsePackage(file)
  return {
    [ATTR_SERVICE_NAME]: name ?? UNKNOWN_SERVICE,
    ...(version === undefined ? {} : { [ATTR_SERVICE_VERSION]: version }),
  }
}

function parsePackage(file: string): { name?: string; version?: string } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string }
  } catch {
    // An unreadable package.json costs the name only; the application will complain of it itself.
    return {}
  }
}

function nearest(name: string, folder: string): string | undefined {
  const file = join(folder, name)
  if (existsSync(file)) return file
  const parent = dirname(folder)
  return parent === folder ? undefined : nearest(name, parent)
}
