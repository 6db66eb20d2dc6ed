import type { Random } from '../../../../packages/otlp/test/random.ts'

const METHODS = 'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE PROPFIND get QUERY'.split(' ')
const NASTY = [
  '%00',
  '%',
  '%zz',
  '..',
  '%2e%2e',
  '\\',
  '[id]',
  ':id',
  '*',
  '**',
  '%F0%9F%92%A9',
  '%ED%A0%80',
  "'",
  '"',
  '<script>',
  '{}',
  ';',
  '__proto__',
  'constructor',
  'overflow',
  'unmatched',
]
const HEADER_NAMES = [
  'traceparent',
  'tracestate',
  'baggage',
  'cookie',
  'authorization',
  'x-api-key',
  'x-forwarded-for',
  'forwarded',
  'x-request-id',
  'throughline-internal',
  'idempotency-key',
  'next-action',
  'next-router-state-tree',
  'rsc',
  'next-router-prefetch',
  'sec-fetch-site',
  'origin',
  'referer',
  'user-agent',
  'accept',
  'content-type',
  'content-encoding',
  'expect',
  'range',
  'x-middleware-subrequest',
]
const TYPES = [
  'application/json',
  'text/plain;charset=UTF-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'not a type',
]

/** The bytes of one request that a stranger might send; `paths` are some that the application has. */
export function makeRequest(random: Random, paths: readonly string[]): Buffer {
  const body = random.chance(0.4) ? makeBody(random) : Buffer.alloc(0)
  const headers = Array.from({ length: random.below(9) }, () => makeHeader(random))
  const length = random.chance(0.97) ? body.length : random.below(10)
  const head = [
    `${makeMethod(random)} ${makeTarget(random, paths)} HTTP/1.1`,
    random.chance(0.98) ? 'host: 127.0.0.1' : `host: ${makeText(random, 20)}`,
    'connection: close',
    ...(body.length > 0 || random.chance(0.2) ? [`content-length: ${length}`] : []),
    ...headers,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}

function makeMethod(random: Random): string {
  if (random.chance(0.85)) return random.pick(METHODS)
  return Array.from({ length: 1 + random.below(20) }, () =>
    String.fromCharCode(65 + random.below(26)),
  ).join('')
}

function makeTarget(random: Random, paths: readonly string[]): string {
  const base = random.pick(paths)
  const segments = Array.from({ length: random.below(4) }, () =>
    random.chance(0.5) ? random.pick(NASTY) : encodeURIComponent(makeText(random, 30)),
  )
  const path = random.chance(0.4) ? base : `${base}/${segments.join('/')}`
  if (random.chance(0.02)) return '*'
  if (random.chance(0.02)) return `http://other.example${path}`
  if (random.chance(0.02)) return path + 'a'.repeat(7_000)
  return random.chance(0.4) ? `${path}?${random.pick(NASTY)}=${makeText(random, 40)}` : path
}

/** A header with a value of its own kind, or with one of no kind at all; sometimes it comes twice. */
function makeHeader(random: Random): string {
  const name = random.chance(0.9) ? random.pick(HEADER_NAMES) : `x-${random.below(1_000)}`
  const line = `${name}: ${makeValue(random, name)}`
  return random.chance(0.1) ? `${line}\r\n${name}: ${makeValue(random, name)}` : line
}

function makeValue(random: Random, name: string): string {
  if (random.chance(0.3)) return makeText(random, 200)
  switch (name) {
    case 'traceparent':
      return [
        random.pick(['00', '01', 'ff', 'zz', '']),
        hex(random, 32),
        hex(random, 16),
        random.pick(['00', '01', 'ff', 'x']),
      ].join('-')
    case 'tracestate':
    case 'baggage':
      return Array.from(
        { length: random.below(60) },
        () => `${hex(random, 6)}=${makeText(random, 30)}`,
      ).join(',')
    case 'cookie':
      return `session=${makeText(random, 60)}; ${makeText(random, 10)}=${makeText(random, 10)}`
    case 'content-type':
      return random.pick(TYPES)
    case 'sec-fetch-site':
      return random.pick(['same-origin', 'cross-site', 'none'])
    default:
      return makeText(random, 80)
  }
}

const hex = (random: Random, length: number): string =>
  Array.from({ length: random.chance(0.9) ? length : random.below(length * 2) }, () =>
    random.below(16).toString(16),
  ).join('')

/** Text that may stand in a line of HTTP: no line ends. */
function makeText(random: Random, longest: number): string {
  const from = random.chance(0.8) ? 32 : 128
  return Array.from({ length: random.below(longest + 1) }, () =>
    String.fromCharCode(from + random.below(from === 32 ? 95 : 127)),
  ).join('')
}

function makeBody(random: Random): Buffer {
  const text = makeText(random, 300)
  switch (random.below(5)) {
    case 0:
      return Buffer.from(JSON.stringify({ [text.slice(0, 8)]: text, plan: random.pick(NASTY) }))
    case 1:
      return Buffer.from(`{"spans":[${'['.repeat(random.below(2_000))}`)
    case 2:
      return Buffer.from(
        `--x\r\ncontent-disposition: form-data; name="1_$ACTION_ID_${hex(random, 42)}"\r\n\r\n${text}\r\n--x--`,
      )
    case 3:
      return Buffer.from(Array.from({ length: random.below(2_000) }, () => random.below(256)))
    default:
      return Buffer.from(text)
  }
}
