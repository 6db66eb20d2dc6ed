/** A kind of secret that a person would know for one wherever it stands. */
export interface SecretKind {
  readonly name: string
  /** A secret of this kind, another one for each number. */
  readonly make: (number: number) => string
  /** The part that must not be found, where the whole is more than the secret. @default the whole */
  readonly core?: (secret: string) => string
}

/** Text of `length` out of `alphabet`, another one for each `number`, and the same in each run. */
function scramble(number: number, length: number, alphabet: string): string {
  let state = (number * 2_654_435_761 + 12_345) >>> 0
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return alphabet[(state >>> 8) % alphabet.length]
  }).join('')
}

const DIGITS = '0123456789'
const HEX = '0123456789abcdef'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const ALPHANUMERIC = `${LETTERS}${LETTERS.toUpperCase()}${DIGITS}`
const UPPER = `${LETTERS.toUpperCase()}${DIGITS}`

/** The digit that makes a card number pass the check of ISO/IEC 7812-1 (Luhn). */
function luhnDigit(payload: string): string {
  const sum = payload
    .split('')
    .toReversed()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return String((10 - (sum % 10)) % 10)
}

/** A German IBAN with the check digits of ISO 13616. */
function iban(account: string): string {
  const remainder = BigInt(`${account}131400`) % 97n
  return `DE${String(98n - remainder).padStart(2, '0')}${account}`
}

const base64url = (text: string): string => Buffer.from(text).toString('base64url')

/** Kinds that are known by their looks, so they must not be found even in free text. */
export const SECRET_KINDS: readonly SecretKind[] = [
  { name: 'e-mail address', make: n => `canary.${scramble(n, 8, LETTERS)}@mail-${n}.example` },
  {
    name: 'card number',
    make: n => {
      const payload = `4111${scramble(n, 11, DIGITS)}`
      return payload + luhnDigit(payload)
    },
  },
  { name: 'IBAN', make: n => iban(scramble(n, 18, DIGITS)) },
  {
    name: 'JSON web token',
    make: n =>
      [
        base64url('{"alg":"HS256","typ":"JWT"}'),
        base64url(`{"sub":"${scramble(n, 12, LETTERS)}"}`),
        scramble(n, 43, ALPHANUMERIC),
      ].join('.'),
    core: secret => secret.split('.')[2] ?? secret,
  },
  { name: 'AWS access key', make: n => `AKIA${scramble(n, 16, UPPER)}` },
  { name: 'GitHub token', make: n => `ghp_${scramble(n, 36, ALPHANUMERIC)}` },
  { name: 'Stripe key', make: n => `sk_live_${scramble(n, 24, ALPHANUMERIC)}` },
  {
    name: 'bearer token',
    make: n => `Bearer ${scramble(n, 32, ALPHANUMERIC)}`,
    core: secret => secret.slice('Bearer '.length),
  },
  {
    name: 'password in text',
    make: n => `password=${scramble(n, 10, LETTERS)}`,
    core: secret => secret.slice('password='.length),
  },
  {
    name: 'connection string',
    make: n => `postgres://app:${scramble(n, 12, ALPHANUMERIC)}@db.example:5432/app`,
    core: secret => /:([^:@]+)@/.exec(secret)?.[1] ?? secret,
  },
  { name: 'session token', make: n => scramble(n, 48, HEX) },
  { name: 'random token', make: n => scramble(n, 40, ALPHANUMERIC) },
]

/** A secret that looks like nothing in particular: it stays away only where nothing is taken at all. */
export const PLAIN_WORD: SecretKind = {
  name: 'plain word',
  make: n => `quartz${scramble(n, 9, LETTERS)}`,
}
