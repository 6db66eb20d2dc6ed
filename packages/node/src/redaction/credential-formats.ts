import { findPattern, type TextRule } from './rule.ts'

/** Private keys in PEM form; one that does not end is taken to the end. */
export const PRIVATE_KEY: TextRule = findPattern(
  { name: 'private-key', meaning: 'private keys in PEM form' },
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
)

const SCHEME = /\b(Bearer|Basic|Digest|Negotiate|Token)(\s{1,3})([\w.~+/=-]{6,})/gi

/** Credentials that stand behind the name of their scheme, wherever they do. */
export const AUTHORIZATION: TextRule = {
  name: 'authorization',
  meaning:
    'credentials behind Bearer, Basic, Digest, Negotiate or Token, as in the header Authorization',
  redact: (text, take) =>
    text.replaceAll(SCHEME, (whole, scheme: string, space: string, value: string) =>
      isCredential(scheme.toLowerCase(), value) ? `${scheme}${space}${take(value)}` : whole,
    ),
}

/** Whether this is no word that happens to follow, as in "bearer authentication" or "basic rate-limiting". */
function isCredential(scheme: string, value: string): boolean {
  if (scheme === 'basic') {
    const decoded = Buffer.from(value, 'base64').toString('latin1')
    return decoded.includes(':') && /^[\x20-\xff]+$/.test(decoded)
  }
  return /\d/.test(value) || value.length >= 20 || /[a-z][A-Z]/.test(value)
}

/** JSON Web Tokens, signed (three parts) or encrypted (five), and what is left of one that was cut. */
export const JWT: TextRule = findPattern(
  { name: 'jwt', meaning: 'JSON Web Tokens' },
  /(?<![\w-])eyJ[\w-]{13,}(?:\.[\w-]*){1,4}/g,
)

/** Formats of keys by their makers, each as it is documented, somewhat shorter where a cut one is still of use. */
const KEY_FORMATS: readonly string[] = [
  '(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA)[A-Z0-9]{12,}', // AWS
  'gh[pousr]_[A-Za-z0-9]{16,}', // GitHub
  'github_pat_\\w{16,}',
  'gl(?:pat|dt|rt|cbt|ptt|soat)-[\\w-]{16,}', // GitLab
  '[srp]k_(?:live|test)_[A-Za-z0-9]{8,}', // Stripe
  'whsec_[A-Za-z0-9+/=]{16,}',
  'xox[a-z]-[A-Za-z0-9-]{11,}', // Slack
  'xapp-[A-Za-z0-9-]{11,}',
  'hooks\\.slack\\.com/(?:services|workflows)/[\\w/]*\\w{16,}',
  'AIza[\\w-]{20,}', // Google
  'ya29\\.[\\w-]{16,}',
  'GOCSPX-[\\w-]{16,}',
  'npm_[A-Za-z0-9]{16,}',
  'pypi-[\\w-]{16,}',
  'sk-[\\w-]{16,}', // OpenAI, Anthropic and those that do as they do
  'SG\\.[\\w-]{16,}\\.[\\w-]{10,}', // SendGrid
  'key-[0-9a-f]{32}', // Mailgun
  '[AS]K[0-9a-f]{32}', // Twilio
  'do[opr]_v1_[a-f0-9]{32,}', // DigitalOcean
  'hf_[A-Za-z0-9]{16,}', // Hugging Face
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{16,}', // Shopify
  'sntry[su]_[\\w+/=-]{16,}', // Sentry
  'gl(?:sa|c)_[\\w+/=-]{16,}', // Grafana
  'dapi[a-f0-9]{32}', // Databricks
  'dckr_(?:pat|oat)_[\\w-]{16,}', // Docker
  'lin_api_[A-Za-z0-9]{16,}', // Linear
  'NRAK-[A-Z0-9]{16,}', // New Relic
  'sq0(?:atp|csp|idp)-[\\w-]{16,}', // Square
  'EAAA[\\w-]{40,}',
  'A3T[A-Z0-9]{17,}',
  '\\d{8,10}:AA[\\w-]{30,}', // Telegram
]

/** Keys and tokens of services that mark theirs. */
export const API_KEY: TextRule = findPattern(
  {
    name: 'api-key',
    meaning:
      'keys of AWS, GitHub, GitLab, Stripe, Slack, Google, npm, OpenAI and others that mark theirs',
  },
  new RegExp(`(?<![A-Za-z0-9])(?:${KEY_FORMATS.join('|')})`, 'g'),
)
