import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_TEAM,
  ATTR_THROUGHLINE_ACTOR,
  ATTR_THROUGHLINE_AUDIENCE,
  ATTR_THROUGHLINE_AUDIENCE_MISMATCH,
  ATTR_THROUGHLINE_NEXT_KIND,
  ATTR_THROUGHLINE_OWNER_UNOWNED,
  ATTR_THROUGHLINE_PROPAGATION,
  ATTR_THROUGHLINE_REQUEST_ID,
  ATTR_THROUGHLINE_SERVER_ACTION_NAME,
  ATTR_THROUGHLINE_TRACE_RESTARTED,
  ATTR_THROUGHLINE_WORK,
  ATTR_URL_FULL,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_URL_SCHEME,
} from '@throughline/conventions'
import type { AttributeValue } from '@throughline/otlp'

/** One attribute, as a person reads it. */
interface NamedAttribute {
  readonly key: string
  /** What a person calls it; the key itself where nothing better is known. */
  readonly name: string
  readonly value: AttributeValue
}

/** Attributes that are about the same thing. */
export interface AttributeGroup {
  readonly title: string
  readonly attributes: readonly NamedAttribute[]
}

/** Groups by what their attributes begin with, in the order in which they are shown. */
const GROUPS = [
  { title: 'Error', starts: ['error.', 'exception.', 'otel.status_'] },
  { title: 'HTTP', starts: ['http.', 'url.'] },
  { title: 'Database', starts: ['db.'] },
  { title: 'Messaging', starts: ['messaging.'] },
  { title: 'Owner and Throughline', starts: [ATTR_TEAM, 'throughline.'] },
  { title: 'Code', starts: ['code.', 'next.', 'thread.', 'rpc.'] },
  { title: 'Client', starts: ['client.', 'user_agent.', 'browser.', 'enduser.', 'user.'] },
  { title: 'Network', starts: ['server.', 'network.', 'net.', 'peer.', 'tls.'] },
] as const
const OTHER = 'Other'

const NAMES: Readonly<Record<string, string>> = {
  [ATTR_HTTP_REQUEST_METHOD]: 'Method',
  [ATTR_HTTP_REQUEST_METHOD_ORIGINAL]: 'Method as sent',
  [ATTR_HTTP_RESPONSE_STATUS_CODE]: 'Status',
  [ATTR_HTTP_ROUTE]: 'Route',
  [ATTR_URL_FULL]: 'URL',
  [ATTR_URL_PATH]: 'Path',
  [ATTR_URL_QUERY]: 'Query',
  [ATTR_URL_SCHEME]: 'Scheme',
  [ATTR_DB_SYSTEM_NAME]: 'Product',
  [ATTR_DB_NAMESPACE]: 'Database',
  [ATTR_DB_QUERY_TEXT]: 'Query',
  [ATTR_DB_OPERATION_NAME]: 'Operation',
  [ATTR_DB_COLLECTION_NAME]: 'Table',
  [ATTR_MESSAGING_SYSTEM]: 'Product',
  [ATTR_MESSAGING_DESTINATION_NAME]: 'Queue',
  [ATTR_MESSAGING_OPERATION_TYPE]: 'Operation',
  [ATTR_MESSAGING_OPERATION_NAME]: 'Operation as the product calls it',
  [ATTR_MESSAGING_MESSAGE_ID]: 'Message id',
  [ATTR_ERROR_TYPE]: 'Kind of error',
  [ATTR_EXCEPTION_TYPE]: 'Exception',
  [ATTR_EXCEPTION_MESSAGE]: 'Message',
  [ATTR_EXCEPTION_STACKTRACE]: 'Stack',
  [ATTR_SERVER_ADDRESS]: 'Host that is called',
  [ATTR_SERVER_PORT]: 'Port',
  [ATTR_TEAM]: 'Team',
  [ATTR_THROUGHLINE_AUDIENCE]: 'Audience',
  [ATTR_THROUGHLINE_AUDIENCE_MISMATCH]: 'Credentials that do not fit',
  [ATTR_THROUGHLINE_WORK]: 'Shape of the work',
  [ATTR_THROUGHLINE_OWNER_UNOWNED]: 'Why no team',
  [ATTR_THROUGHLINE_ACTOR]: 'Who asked',
  [ATTR_THROUGHLINE_PROPAGATION]: 'Trace header',
  [ATTR_THROUGHLINE_TRACE_RESTARTED]: 'Why the trace was restarted',
  [ATTR_THROUGHLINE_REQUEST_ID]: 'Request id',
  [ATTR_THROUGHLINE_NEXT_KIND]: 'What Next.js did',
  [ATTR_THROUGHLINE_SERVER_ACTION_NAME]: 'Server action',
  'client.address': 'Address of the caller',
  'user_agent.original': 'User agent',
  'code.function.name': 'Function',
  'code.file.path': 'File',
  'code.line.number': 'Line',
  'network.peer.address': 'Address',
  'network.peer.port': 'Port of the peer',
  'network.protocol.version': 'HTTP version',
  'db.statement': 'Query',
  'db.system': 'Product',
  'http.method': 'Method',
  'http.status_code': 'Status',
  'http.url': 'URL',
  'next.route': 'Route of Next.js',
  'next.span_name': 'Name that Next.js gave',
  'next.span_type': 'Kind of span of Next.js',
}

/** What a person calls an attribute. */
const nameOf = (key: string): string => (Object.hasOwn(NAMES, key) ? (NAMES[key] ?? key) : key)

/** Groups attributes by what they are about; within a group, those with a name come first, as they are listed here. */
export function groupAttributes(
  attributes: Readonly<Record<string, AttributeValue>>,
): AttributeGroup[] {
  const groups = new Map<string, NamedAttribute[]>(
    [...GROUPS.map(({ title }) => title), OTHER].map(title => [title, []]),
  )
  for (const [key, value] of Object.entries(attributes)) {
    groups.get(titleOf(key))?.push({ key, name: nameOf(key), value })
  }
  return [...groups]
    .filter(([, members]) => members.length > 0)
    .map(([title, members]) => ({ title, attributes: members.toSorted(byRank) }))
}

function titleOf(key: string): string {
  const group = GROUPS.find(({ starts }) =>
    starts.some(start => key === start || (start.endsWith('.') && key.startsWith(start))),
  )
  return group?.title ?? OTHER
}

const RANKS = new Map(Object.keys(NAMES).map((key, rank) => [key, rank]))

function byRank(a: NamedAttribute, b: NamedAttribute): number {
  const rank = ({ key }: NamedAttribute): number => RANKS.get(key) ?? RANKS.size
  return rank(a) - rank(b) || (a.key < b.key ? -1 : 1)
}

const QUERIES: readonly string[] = [ATTR_DB_QUERY_TEXT, 'db.statement']

/** Whether an attribute holds a query, by the name that it has now or had before. */
export const isQuery = (key: string): boolean => QUERIES.includes(key)

/** The query of a span. */
export function queryOf(attributes: Readonly<Record<string, AttributeValue>>): string | undefined {
  return QUERIES.map(key => attributes[key]).find(
    query => typeof query === 'string' && query !== '',
  ) as string | undefined
}
