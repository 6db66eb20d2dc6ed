import { existsSync, readFileSync } from 'node:fs'
import { arch, hostname } from 'node:os'
import { dirname, join } from 'node:path'
import {
  defaultResource,
  detectResources,
  osDetector,
  processDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  type Resource,
} from '@opentelemetry/resources'
import {
  ATTR_HOST_ARCH,
  ATTR_HOST_NAME,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
} from '@throughline/conventions'

/** Name of a service that nobody named, as OpenTelemetry's specification has it. */
const UNKNOWN_SERVICE = 'unknown_service:node'

/** Architectures that OpenTelemetry calls otherwise than Node does. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: 'x86', arm: 'arm32' }

/**
 * What says who emits: the process, its host and `attributes`, which win.
 *
 * All of it is known at once: spans wait for a resource that is not, and OpenTelemetry's host detector runs a program or
 * reads a file to find `host.id`.
 */
export function createResource(attributes: Readonly<Record<string, string>>): Resource {
  const host = { [ATTR_HOST_NAME]: hostname(), [ATTR_HOST_ARCH]: ARCHITECTURES[arch()] ?? arch() }
  return defaultResource()
    .merge(detectResources({ detectors: [osDetector, processDetector, serviceInstanceIdDetector] }))
    .merge(resourceFromAttributes({ ...host, ...attributes }))
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
