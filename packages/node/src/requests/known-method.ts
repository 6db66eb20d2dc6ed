import { HTTP_REQUEST_METHOD_VALUE_OTHER } from '@throughline/conventions'

/** Methods that HTTP defines; the HTTP instrumentation calls every other one `_OTHER`, too. */
const METHODS = new Set('CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE'.split(' '))

/** The method as telemetry calls it: one that HTTP does not define is `_OTHER`. */
export const knownMethod = (method: string): string =>
  METHODS.has(method) ? method : HTTP_REQUEST_METHOD_VALUE_OTHER
