import { resourceFromAttributes, type Resource } from '@opentelemetry/resources'
import type { Redactor } from './redactor.ts'

/** Gives what says who emits without secrets: the arguments of a process, for one, hold some. */
export function redactResource(resource: Resource, redactor: Redactor): Resource {
  const { schemaUrl } = resource
  return resourceFromAttributes(
    redactor.attributes(resource.attributes),
    schemaUrl === undefined ? undefined : { schemaUrl },
  )
}
