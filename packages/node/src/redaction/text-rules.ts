import { QUERY_RULE, USERINFO_RULE } from './addresses.ts'
import { createAssignmentRule } from './assignments.ts'
import { API_KEY, AUTHORIZATION, JWT, PRIVATE_KEY } from './credential-formats.ts'
import { ERROR_VALUE } from './error-values.ts'
import { CARD, EMAIL, IBAN, PHONE } from './identities.ts'
import { findPattern, type TextRule } from './rule.ts'
import { OWN_SECRET_RULE, SECRET_RULE } from './rules.ts'
import type { AppliedSettings } from './settings.ts'
import { redactQuotedSql, SQL_RULE } from './sql.ts'
import { createWordSearch, isSuspicious } from './suspicion.ts'
import { TOKEN } from './token.ts'

/** Rules for a text, in their order, by what the text is. */
export interface TextRules {
  /** For texts of which nothing is known. */
  readonly all: readonly TextRule[]
  /** For texts that hold identifiers as random as tokens: paths of files, hashes of builds. */
  readonly readable: readonly TextRule[]
  /** For addresses without their query, which quote no statements and no messages. */
  readonly address: readonly TextRule[]
  /** For SQL without its literals. */
  readonly sql: readonly TextRule[]
  /** What settings and environment add; they go before what knows a format, which may halve them. */
  readonly unforeseen: readonly TextRule[]
  /** Whether one of them may find something in a text, from a place in it on. */
  readonly mayFind: (text: string, from?: number) => boolean
}

/** The rules that are on. */
export function chooseTextRules(
  { off, isAdded, patterns }: AppliedSettings,
  ownSecrets: readonly string[],
): TextRules {
  const isOn = ({ name }: TextRule): boolean => !off.has(name)
  const own = findOwn(ownSecrets)
  const unforeseen = [...own, ...patterns.filter(isOn)]
  const readable = [
    ...unforeseen,
    PRIVATE_KEY,
    ERROR_VALUE,
    { ...SQL_RULE, redact: redactQuotedSql },
    USERINFO_RULE,
    QUERY_RULE,
    AUTHORIZATION,
    createAssignmentRule(SECRET_RULE, isAdded),
    JWT,
    API_KEY,
    EMAIL,
    IBAN,
    CARD,
    PHONE,
  ].filter(isOn)
  const all = [...readable, TOKEN].filter(isOn)
  return {
    all,
    address: all.filter(({ name }) => name !== SQL_RULE.name && name !== ERROR_VALUE.name),
    readable,
    unforeseen,
    sql: [...unforeseen, PRIVATE_KEY, JWT, API_KEY, EMAIL, TOKEN].filter(isOn),
    mayFind: chooseSuspicion(unforeseen.length > own.length, ownSecrets),
  }
}

/** What matches a pattern of the user's need not look suspicious. */
function chooseSuspicion(
  hasPatterns: boolean,
  ownSecrets: readonly string[],
): TextRules['mayFind'] {
  if (hasPatterns) return () => true
  if (ownSecrets.length === 0) return isSuspicious
  const holdsOwn = createWordSearch(ownSecrets)
  return (text, from) => isSuspicious(text, from) || holdsOwn(text)
}

function findOwn(secrets: readonly string[]): TextRule[] {
  const sources = secrets.map(secret => secret.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
  return sources.length === 0
    ? []
    : [findPattern(OWN_SECRET_RULE, new RegExp(sources.join('|'), 'g'))]
}
