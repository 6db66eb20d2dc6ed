import {
  ENV_OTEL_EXPORTER_OTLP_HEADERS,
  ENV_OTEL_EXPORTER_OTLP_TRACES_HEADERS,
  ENV_THROUGHLINE_INTERNAL_SECRET,
} from '@throughline/conventions'

/** Shorter ones are words: taking them out wherever they appear would say more than it hides. */
const MIN_LENGTH = 8
const MAX_SECRETS = 100

const SECRET_VARIABLE =
  /(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|CREDENTIALS?)(?:_\d+)?$/i
const ADDRESS_VARIABLE = /(?:URL|URI|DSN|CONNECTION_STRING|CONNECTION)$/i
const HEADERS_VARIABLES = new Set([
  ENV_OTEL_EXPORTER_OTLP_HEADERS,
  ENV_OTEL_EXPORTER_OTLP_TRACES_HEADERS,
  'OTEL_EXPORTER_OTLP_LOGS_HEADERS',
  'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
])

/** The secrets that this process was started with: what is found under a secret's name in its environment. */
export function readOwnSecrets(environment: NodeJS.ProcessEnv): string[] {
  const found = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : secretsOf(name, value),
  )
  const secrets = found.filter(value => value.length >= MIN_LENGTH && !isPlain(value))
  return [...new Set(secrets.flatMap(spellings))]
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MAX_SECRETS)
}

function secretsOf(name: string, value: string): string[] {
  if (HEADERS_VARIABLES.has(name)) {
    return value.split(',').map(pair => pair.slice(pair.indexOf('=') + 1).trim())
  }
  if (name === ENV_THROUGHLINE_INTERNAL_SECRET) return value.split(',').map(part => part.trim())
  if (SECRET_VARIABLE.test(name)) return [value.trim()]
  if (ADDRESS_VARIABLE.test(name)) {
    return [
      /:\/\/[^/?#]*?:([^/?#]*)@/.exec(value)?.[1],
      /password=([^;\s&]+)/i.exec(value)?.[1],
    ].filter(password => password !== undefined)
  }
  return []
}

/** A secret as it is, and as it stands in an address. */
function spellings(secret: string): string[] {
  try {
    return [secret, encodeURIComponent(secret), decodeURIComponent(secret)]
  } catch {
    // Half a surrogate or a stray % has no other spelling.
    return [secret]
  }
}

/** What is no secret although its variable is called so: a path, a flag, a number. */
const isPlain = (value: string): boolean =>
  /^(?:\.{0,2}\/[\w./-]*|[a-z]{1,15}|\d{1,11})$/.test(value)
