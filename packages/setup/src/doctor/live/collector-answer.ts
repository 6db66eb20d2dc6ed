import type { CollectorAddress } from './collector-address.ts'

/** What came of sending a span to a collector. */
export type CollectorAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly type: string
      readonly text: string
    }
  /** Nothing that is HTTP came; `code` is that of Node. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** What is wrong with an answer, and what to do. */
export interface CollectorFault {
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly what: string
  readonly fix: string
}

/** What an answer says is wrong; undefined where the span was taken. */
export function judgeAnswer(
  address: CollectorAddress,
  answer: CollectorAnswer,
): CollectorFault | undefined {
  return answer.kind === 'failed' ? judgeFailure(address, answer) : judgeStatus(address, answer)
}

type Failed = Extract<CollectorAnswer, { kind: 'failed' }>
type Answered = Extract<CollectorAnswer, { kind: 'answered' }>

function judgeFailure({ url, setBy }: CollectorAddress, { code, message }: Failed): CollectorFault {
  const { host, hostname, port } = new URL(url)
  if (code === 'ECONNREFUSED') {
    return {
      code: 'COLLECTOR_REFUSED',
      // Nobody has said that there is one.
      level: setBy === undefined ? 'warning' : 'error',
      what: `nobody listens at ${host}, where spans are sent to${setBy === undefined ? ' by default' : ''}`,
      fix:
        setBy === undefined
          ? 'start a collector there, as npx throughline view does, or set OTEL_EXPORTER_OTLP_ENDPOINT'
          : `start the collector, or mend ${setBy.name}`,
    }
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return {
      code: 'COLLECTOR_UNKNOWN',
      level: 'error',
      what: `${hostname}, where spans are sent to, has no address (${code})`,
      fix: `mend ${setBy?.name ?? 'the address'}; a name that only a network of containers knows is set there, not here`,
    }
  }
  if (/^HPE_|^HTTPParserError$|^UND_ERR_SOCKET$|^ECONNRESET$/.test(code) && port !== '4318') {
    return {
      code: 'COLLECTOR_NOT_HTTP',
      level: 'error',
      what: `${host}, where spans are sent to, does not answer in HTTP/1.1: it may be a port for gRPC (${message})`,
      fix: `name the port for OTLP over HTTP, usually 4318: ${setBy?.name}=${withPort(url, '4318')}`,
    }
  }
  if (/^ERR_SSL_|CERT|SELF_SIGNED|^ERR_TLS_/.test(code)) {
    return {
      code: 'COLLECTOR_TLS',
      level: 'error',
      what: `no secure connection to ${host} can be made: ${message}`,
      fix: 'name the scheme that it speaks, or give Node its authority by NODE_EXTRA_CA_CERTS',
    }
  }
  const isLate = code === 'TIMEOUT'
  return {
    code: isLate ? 'COLLECTOR_SILENT' : 'COLLECTOR_UNREACHABLE',
    level: 'error',
    what: isLate
      ? `${host}, where spans are sent to, does not answer`
      : `${host}, where spans are sent to, cannot be reached: ${message}`,
    fix: `see that ${host} is reached from here: a firewall, a proxy or a wrong port may be between`,
  }
}

function judgeStatus(
  { url, setBy, headersSetBy }: CollectorAddress,
  { status, type, text }: Answered,
): CollectorFault | undefined {
  const said = text.trim().split('\n', 1)[0]?.slice(0, 200) ?? ''
  const answered = `${url} answers ${status}${said === '' ? '' : `: ${said}`}`
  const error = { level: 'error', what: answered } as const
  if (status === 404 || status === 405) {
    const doubled = /\/v1\/traces(?=\/v1\/traces$)/.exec(url)
    return {
      ...error,
      code: 'COLLECTOR_PATH',
      fix:
        doubled === null
          ? 'name the address that takes OTLP over HTTP: /v1/traces is put behind OTEL_EXPORTER_OTLP_ENDPOINT, and behind nothing else'
          : `take /v1/traces out of ${setBy?.name}: it is put behind it`,
    }
  }
  if (status === 401 || status === 403) {
    return {
      ...error,
      code: 'COLLECTOR_UNAUTHORIZED',
      fix:
        headersSetBy === undefined
          ? 'set OTEL_EXPORTER_OTLP_HEADERS to what the collector wants to see, as authorization=Bearer%20TOKEN'
          : `mend ${headersSetBy.name}: values are percent-encoded, as authorization=Bearer%20TOKEN`,
    }
  }
  if (status === 415) {
    return {
      ...error,
      code: 'COLLECTOR_NOT_OTLP',
      fix: 'name a collector that takes OTLP over HTTP in protobuf or JSON',
    }
  }
  if (status === 429 || status === 503) {
    return {
      code: 'COLLECTOR_BUSY',
      level: 'warning',
      what: answered,
      fix: 'give the collector more room, or send it less',
    }
  }
  if (status < 200 || status > 299) {
    return {
      ...error,
      code: 'COLLECTOR_REFUSES',
      fix: 'read the log of the collector, which says why',
    }
  }
  if (!/json|protobuf/.test(type)) {
    return {
      ...error,
      code: 'COLLECTOR_NOT_OTLP',
      what: `${url} answers ${status} with ${type === '' ? 'nothing' : type}, which is no answer of OTLP`,
      fix: 'see what serves this address: spans that are sent there may be thrown away',
    }
  }
  const rejected = /"rejectedSpans"\s*:\s*"?([1-9]\d*)/.exec(text)
  if (rejected === null) return undefined
  return { ...error, code: 'COLLECTOR_REFUSES', fix: 'mend what the collector says' }
}

function withPort(url: string, port: string): string {
  const address = new URL(url)
  address.port = port
  return address.origin
}
