/** Names, in snake case, whose values are secrets wherever they end a name: `user_password`, `x-api-key`. */
const ENDINGS = `
  password passwords passwd passphrase passcode pwd pw pass secret secrets token api_?keys? access_key access_key_id
  secret_key secret_access_key private_key signing_key encryption_key account_key master_key license_key authorization
  auth credentials? cookies? set_cookie session session_?id session_key sid jwt bearer csrf xsrf csrf_?token otp totp
  pin cvv2? cvc2? ssn social_security_number card_?number pan iban signature sig connection_string dsn database_url
  auth_code authorization_code
`
  .trim()
  .split(/\s+/)

const ENDING = new RegExp(`(?:^|_)(?:${ENDINGS.join('|')})$`)

/** Words that are a secret's with letters directly before them: `accesstoken`, `clientsecret`. */
const JOINED = /(?:password|passwd|passphrase|secret|apikey|accesstoken|authtoken|refreshtoken)$/

/** Words that are a secret's wherever they stand, as in `password_confirmation`. */
const ANYWHERE = /(?:^|_)(?:password|passwd|passphrase|secret|authorization|cookie)(?:_|$)/

/** What ends the name of something that is about a secret and is none: `token_count`, `cookie_name`. */
const ABOUT =
  /_(?:count|length|size|type|kind|name|names|age|expiry|expires|expired|at|status|state|required|enabled|valid|reason|policy|strength|algorithm|version)$/

/** Whether the value of what is called so is a secret, however the name is written: `apiKey`, `X-Api-Key`, `api.key`. */
export function isSecretName(name: string): boolean {
  const snake = toSnakeCase(name)
  if (ENDING.test(snake) || JOINED.test(snake)) return true
  return ANYWHERE.test(snake) && !ABOUT.test(snake)
}

/** `sessionToken`, `Session-Token` and `session.token` as `session_token`. */
export const toSnakeCase = (name: string): string =>
  name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .replaceAll(/[^a-zA-Z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .toLowerCase()
