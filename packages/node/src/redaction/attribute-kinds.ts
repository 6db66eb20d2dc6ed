import { isSecretName, toSnakeCase } from './secret-names.ts'

/** What the value of an attribute is, by its name. */
export type AttributeKind =
  | 'text'
  /** Never sent. */
  | 'body'
  | 'header'
  /** Headers by their names. */
  | 'headers'
  | 'secret'
  /** An address: all from its first `?` or `#` is query. */
  | 'address'
  | 'query'
  /** A query string in its parts, or a query of another kind. */
  | 'parameters'
  | 'sql'
  | 'graphql'
  | 'stack'
  | 'arguments'
  /** An identifier that looks drawn by lot and is none of a secret. */
  | 'id'

const BODY =
  /^(?:http\.(?:request|response)\.body(?!\.size$)|db\.(?:query|operation)\.parameters?\b|db\.statement\.parameters|graphql\.variables?\b|messaging\.message\.(?:body(?!\.size$)|payload|headers?)\b|rpc\.(?:request|response)\.body|faas\.(?:event|payload)|gen_ai\.(?:prompt|completion|input\.messages|output\.messages|system_instructions|tool\.call\.(?:arguments|result)))/

/** In logs they are called as their author likes. */
const BODY_NAME = /(?:^|_)(?:body|payload|form_data|bindings|variables|query_parameters)$/

const HEADER =
  /^(?:http\.(?:request|response)\.header|rpc\.(?:\w+\.)?(?:request|response)\.metadata|rpc\.grpc\.metadata)\.(.+)$/

/** Headers that hold no secret. What is not here is not sent. */
const HARMLESS_HEADERS = new Set([
  'accept',
  'accept_encoding',
  'accept_language',
  'allow',
  'cache_control',
  'connection',
  'content_encoding',
  'content_language',
  'content_length',
  'content_type',
  'date',
  'host',
  'retry_after',
  'server',
  'traceparent',
  'transfer_encoding',
  'user_agent',
  'vary',
  'x_request_id',
])

const BY_NAME: Readonly<Record<string, AttributeKind>> = {
  'url.full': 'address',
  'url.original': 'address',
  'url.path': 'address',
  'http.url': 'address',
  'http.target': 'address',
  'http.referer': 'address',
  'url.query': 'query',
  'url.fragment': 'query',
  'db.query.text': 'sql',
  'db.statement': 'sql',
  'graphql.source': 'graphql',
  'graphql.document': 'graphql',
  'exception.stacktrace': 'stack',
  'exception.stack_trace': 'stack',
  'process.command_args': 'arguments',
  stack: 'stack',
  headers: 'headers',
  rawHeaders: 'header',
  url: 'address',
  query: 'parameters',
  searchParams: 'parameters',
}

/** Identifiers that are as random as tokens: of traces, builds, machines and deployments. */
const ID =
  /^(?:(?:.*[._])?(?:trace|span)_?id|trace_?parent|(?:service|deployment|container\.image|vcs|git|app|build|k8s|container|host|faas|cloud|oci|server|net|network|device|process|code|telemetry)[._](?:.*[._])?(?:id|ids|version|revision|hash|sha|digest|digests|uid|name|arn|address|path|tag|tags|commit)|hostname|deployment|request_?id|message_?id)$/i

/** Tells what kind the value of a header is. */
function kindOfHeader(name: string): AttributeKind {
  if (HARMLESS_HEADERS.has(toSnakeCase(name))) return 'text'
  return isSecretName(name) ? 'secret' : 'header'
}

/** Tells what kind the attribute is that is called so. `isAdded` knows the names that the settings add. */
export function kindOf(key: string, isAdded: (name: string) => boolean): AttributeKind {
  if (BODY.test(key) || BODY_NAME.test(toSnakeCase(key))) return 'body'
  const header = HEADER.exec(key)?.[1]
  if (header !== undefined) return kindOfHeader(header)
  if (isAdded(key)) return 'secret'
  const named = Object.hasOwn(BY_NAME, key) ? BY_NAME[key] : undefined
  if (named !== undefined) return named
  if (isSecretName(key)) return 'secret'
  return ID.test(key) ? 'id' : 'text'
}
