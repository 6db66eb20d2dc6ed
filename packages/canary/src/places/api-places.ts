import type { Place } from '../plant.ts'
import { PLAIN_WORD, SECRET_KINDS } from '../secrets.ts'
import { send, withJson, type Targets } from './drivers.ts'

/** What the careless API does with what it is sent: by path, as one would say it, and with what marker. */
const TEXTS: Readonly<Record<string, readonly [name: string, marker: string]>> = {
  throw: ['message of an exception and its stack', 'cannot use'],
  'throw-cause': ['message of the cause of an exception', 'cannot go on'],
  log: ['calls of a logger', 'somebody sent'],
  console: ['calls of console', 'no use for'],
  span: ['name, attributes, event and status of a span', 'import '],
  'call-path': ['path of an outgoing call', '/v1/charges/'],
  job: ['data of a job, and the exception that it ends with', 'the job cannot use'],
}

/** As {@link TEXTS}, where nothing may be taken at all. */
const UNTAKEN: Readonly<Record<string, readonly [name: string, marker: string]>> = {
  'sql-literal': ['literal and comment in SQL', 'as given'],
  'sql-parameter': ['parameter of SQL', '$1::text as given'],
  'sql-error': ['error of PostgreSQL that quotes a value', 'invalid input syntax'],
  graphql: ['literal and variable in GraphQL', 'query Greet'],
  'span-attribute-by-name': ['attribute whose name tells what it is', 'db.query.parameter.0'],
  'call-credentials': ['query and credentials of an outgoing call', '/v1/charges/1'],
}

/** Where the careless API carries secrets on. */
export function listApiPlaces({ carelessApi }: Targets): Place[] {
  const post = (
    [path, [name, marker]]: readonly [string, readonly [string, string]],
    kinds: Place['kinds'],
  ): Place => ({
    name,
    kinds,
    marker,
    plant: secret => send(`${carelessApi}/${path}`, withJson({ secret })),
  })
  return [
    ...Object.entries(TEXTS).map(text => post(text, SECRET_KINDS)),
    ...Object.entries(UNTAKEN).map(untaken => post(untaken, [PLAIN_WORD])),
    {
      name: 'part of a path that a route has',
      kinds: SECRET_KINDS,
      marker: '/reset/:token',
      plant: secret => send(`${carelessApi}/reset/${encodeURIComponent(secret)}`),
    },
  ]
}
