import type { Resource } from '@opentelemetry/resources'
import { ATTR_SERVICE_NAME } from '@throughline/conventions'
import type { EnvironmentSettings } from './environment.ts'
import { redactResource } from './redaction/redact-resource.ts'
import type { Redactor } from './redaction/redactor.ts'
import { createResource, describePackage } from './resource.ts'
import type { RuntimeOptions } from './runtime-options.ts'

type Given = Pick<RuntimeOptions, 'service'>

/** Name of the service: what was given, else what the environment says, else the name in the package.json nearest to `folder`. */
export function nameService(
  { service }: Given,
  settings: EnvironmentSettings,
  folder: string,
): string {
  return service ?? settings.service ?? String(describePackage(folder)[ATTR_SERVICE_NAME])
}

/** What says on all telemetry who emits it, without secrets. */
export function describeService(
  service: string,
  { resourceAttributes }: EnvironmentSettings,
  folder: string,
  redactor: Redactor,
): Resource {
  const resource = createResource({
    ...describePackage(folder),
    ...resourceAttributes,
    [ATTR_SERVICE_NAME]: service,
  })
  return redactResource(resource, redactor)
}
