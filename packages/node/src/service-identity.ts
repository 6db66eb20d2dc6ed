import type { Resource } from '@opentelemetry/resources'
import { ATTR_SERVICE_NAME } from '@throughline/conventions'
import type { EnvironmentSettings } from './environment.ts'
import { redactResource } from './redaction/redact-resource.ts'
import type { Redactor } from './redaction/redactor.ts'
import { createResource, describePackage } from './resource.ts'
import type { RuntimeOptions } from './runtime-options.ts'

type Given = Pick<RuntimeOptions, 'service'>

/** Who emits telemetry. */
export interface ServiceIdentity {
  readonly service: string
  /** What says so on all of it, without secrets. */
  readonly resource: Resource
}

/** Who emits telemetry: by what was given, else what the environment says, else the package.json nearest to `folder`. */
export function identifyService(
  given: Given,
  settings: EnvironmentSettings,
  folder: string,
  redactor: Redactor,
): ServiceIdentity {
  const packaged = describePackage(folder)
  const service = chooseName(given, settings, packaged)
  const resource = createResource({
    ...packaged,
    ...settings.resourceAttributes,
    [ATTR_SERVICE_NAME]: service,
  })
  return { service, resource: redactResource(resource, redactor) }
}

/** The name alone, where nothing is emitted. */
export function nameService(given: Given, settings: EnvironmentSettings, folder: string): string {
  return chooseName(given, settings, describePackage(folder))
}

function chooseName(
  { service }: Given,
  settings: EnvironmentSettings,
  packaged: Readonly<Record<string, string>>,
): string {
  return service ?? settings.service ?? String(packaged[ATTR_SERVICE_NAME])
}
