import {
  ENV_OTEL_EXPORTER_OTLP_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_LOGS_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_LOGS_PROTOCOL,
  ENV_OTEL_EXPORTER_OTLP_PROTOCOL,
  ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,
} from '@throughline/conventions'
import type { Complaint } from '../check.ts'
import { assignment, type Setting } from '../settings.ts'

/** What is wrong with a value, what that costs, and what to do. */
type Fault = Pick<Complaint, 'why' | 'fix'>

const PROTOCOLS: ReadonlySet<string> = new Set([
  ENV_OTEL_EXPORTER_OTLP_PROTOCOL,
  ENV_OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,
  ENV_OTEL_EXPORTER_OTLP_LOGS_PROTOCOL,
])

/** Path of what is sent, by the variable that holds a whole address. */
const PATHS: ReadonlyMap<string, string> = new Map([
  [ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, '/v1/traces'],
  [ENV_OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, '/v1/logs'],
])

/** ENDPOINT_WRONG: addresses of a collector at which nothing of ours arrives. */
export function checkEndpoints(settings: readonly Setting[]): readonly Complaint[] {
  return settings.flatMap((given): Complaint[] => {
    const setting = { ...given, value: hidePassword(given.value.trim()) }
    const fault = faultOf(setting)
    if (fault === undefined) return []
    const where = setting.at === undefined ? ' is set in the environment' : ''
    return [
      {
        code: 'ENDPOINT_WRONG',
        level: PROTOCOLS.has(setting.name) ? 'warning' : 'error',
        at: setting.at,
        what: `${assignment(setting)}${where}`,
        ...fault,
      },
    ]
  })
}

/** An address as it may be shown. */
const hidePassword = (address: string): string =>
  address.replace(/^([a-z]+:\/\/)?[^/@\s]+@/i, '$1…@')

function faultOf({ name, value }: Setting): Fault | undefined {
  // What a shell fills in is not known here.
  if (value === '' || value.includes('$')) return undefined
  if (PROTOCOLS.has(name)) {
    if (/^http\/(protobuf|json)$/i.test(value)) return undefined
    return {
      why: 'Throughline sends over HTTP: it is said, and http/protobuf is used, which a port for gRPC does not take',
      fix: `remove ${name}, and name the port for HTTP, usually 4318`,
    }
  }
  const isWhole = PATHS.has(name)
  if (!isWhole && name !== ENV_OTEL_EXPORTER_OTLP_ENDPOINT) return undefined
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return {
      why: 'it lacks http:// or https://, so it counts as not given, and spans go to http://localhost:4318',
      fix: `write ${name}=http://${value.replace(/^[a-z]+:\/\//i, '')}`,
    }
  }
  if (url.port === '4317') {
    return {
      why: 'port 4317 is for gRPC by custom, and Throughline sends over HTTP',
      fix: `write ${name}=${value.replace(':4317', ':4318')}`,
    }
  }
  const path = PATHS.get(name)
  if (path === undefined) {
    const appended = /\/v1\/(traces|logs|metrics)\/?$/.exec(value)?.[0]
    if (appended === undefined) return undefined
    return {
      why: `/v1/traces is appended to it, so spans go to ${value.replace(/\/$/, '')}/v1/traces`,
      fix: `write ${name}=${value.slice(0, -appended.length)}`,
    }
  }
  const doubled = value.replace(`${path}${path}`, path)
  if (doubled === value && url.pathname !== '/') return undefined
  return {
    why: 'it is used as it is, and a collector answers 404 there',
    fix: `write ${name}=${doubled === value ? value.replace(/\/$/, '') + path : doubled}`,
  }
}
