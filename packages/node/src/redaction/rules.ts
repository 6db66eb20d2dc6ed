import { USERINFO_RULE, QUERY_RULE } from './addresses.ts'
import { API_KEY, AUTHORIZATION, JWT, PRIVATE_KEY } from './credential-formats.ts'
import { ERROR_VALUE } from './error-values.ts'
import { GRAPHQL_RULE } from './graphql.ts'
import { CARD, EMAIL, IBAN, PHONE } from './identities.ts'
import type { Rule } from './rule.ts'
import { SQL_RULE } from './sql.ts'
import { TOKEN } from './token.ts'

export const OWN_SECRET_RULE: Rule = {
  name: 'own-secret',
  meaning:
    'secrets that this process was started with: THROUGHLINE_INTERNAL_SECRET, headers for the collector, passwords in *_URL, and *_SECRET, *_TOKEN, *_PASSWORD, *_KEY',
  fixed: true,
}

export const BODY_RULE: Rule = {
  name: 'body',
  meaning: 'bodies of requests and messages, parameters of queries, GraphQL variables, prompts',
  fixed: true,
}

export const HEADER_RULE: Rule = {
  name: 'header',
  meaning: 'headers, but for those that hold no secret, such as content-type',
}

export const SECRET_RULE: Rule = {
  name: 'secret',
  meaning:
    'values under the name of a secret, as attribute or as in password=…, "apiKey": …, --token …, cookie: …',
}

export const PATTERN_RULE: Rule = {
  name: 'pattern',
  meaning: 'what matches an expression in THROUGHLINE_REDACT_PATTERNS',
}

/** Not a secret that was found, but a text that could not be searched whole. */
export const TOO_LONG_RULE: Rule = {
  name: 'too-long',
  meaning: 'what a text has beyond 32,768 characters, since it was not searched',
  fixed: true,
}

/** Not a secret that was found, but a value that could not be searched. */
export const ERROR_RULE: Rule = {
  name: 'error',
  meaning: 'values that a mistake of redaction itself met: they are dropped',
  fixed: true,
}

/** Every rule, in the order in which they are tried. */
export const RULES: readonly Rule[] = [
  BODY_RULE,
  HEADER_RULE,
  OWN_SECRET_RULE,
  PATTERN_RULE,
  PRIVATE_KEY,
  ERROR_VALUE,
  SQL_RULE,
  GRAPHQL_RULE,
  USERINFO_RULE,
  QUERY_RULE,
  AUTHORIZATION,
  SECRET_RULE,
  JWT,
  API_KEY,
  EMAIL,
  IBAN,
  CARD,
  PHONE,
  TOKEN,
  TOO_LONG_RULE,
  ERROR_RULE,
]
