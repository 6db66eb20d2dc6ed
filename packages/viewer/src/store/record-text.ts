import type { Attributes, AttributeValue, LogRecord, SpanRecord } from '@throughline/otlp'

/** Whether a span, or what emitted it, says a text, given in lower case; of ids, that of the span has to be whole. */
export function spanSays(span: SpanRecord, text: string): boolean {
  return (
    span.spanId === text ||
    says(span.name, text) ||
    says(span.statusMessage, text) ||
    says(span.traceState, text) ||
    attributesSay(span.attributes, text) ||
    span.events.some(event => says(event.name, text) || attributesSay(event.attributes, text)) ||
    span.links.some(link => says(link.traceState, text) || attributesSay(link.attributes, text)) ||
    originSays(span, text)
  )
}

/** Whether a log record, or what emitted it, says a text, given in lower case. */
export function logSays(log: LogRecord, text: string): boolean {
  return (
    valueSays(log.body, text) ||
    says(log.severityText, text) ||
    says(log.eventName, text) ||
    attributesSay(log.attributes, text) ||
    originSays(log, text)
  )
}

function originSays(
  { resource, scope }: Pick<SpanRecord, 'resource' | 'scope'>,
  text: string,
): boolean {
  return (
    attributesSay(resource.attributes, text) || says(scope.name, text) || says(scope.version, text)
  )
}

function attributesSay(attributes: Attributes, text: string): boolean {
  for (const name in attributes) {
    if (says(name, text) || valueSays(attributes[name] as AttributeValue, text)) return true
  }
  return false
}

function valueSays(value: AttributeValue, text: string): boolean {
  switch (typeof value) {
    case 'string':
      return says(value, text)
    case 'number':
      return String(value).includes(text)
    case 'boolean':
      return false
    default:
      if (value === null) return false
      return Array.isArray(value)
        ? value.some(item => valueSays(item as AttributeValue, text))
        : attributesSay(value as Attributes, text)
  }
}

function says(said: string, text: string): boolean {
  return said !== '' && said.toLowerCase().includes(text)
}
