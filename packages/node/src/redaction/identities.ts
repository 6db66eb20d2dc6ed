import { findChecked, findPattern, type TextRule } from './rule.ts'

/** E-mail addresses, percent-encoded ones too; versions of packages, as in `next@16.0.0-rc.one`, are none. */
export const EMAIL: TextRule = findPattern(
  { name: 'email', meaning: 'e-mail addresses' },
  /(?<![\w.%+\u00a1-\uffff-])[\w.%+\u00a1-\uffff-]+(?:@|%40)(?!\d+\.\d+\.\d+[-+])[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff-]*\.)+[A-Za-z\u00a1-\uffff][A-Za-z0-9\u00a1-\uffff-]+/g,
)

/** As a card shows its number: in one piece, in fours, or as 4-6-5 and 4-6-4. Not in the midst of a UUID. */
const CARD_LIKE =
  /(?<!\d|\d\.|[0-9a-f]{8}-)[2-6](?:\d{12,18}|\d{3}([ ._+-]|%20)\d{4}\1\d{4}\1\d{1,7}|\d{3}([ ._+-]|%20)\d{6}\2\d{4,5})(?!\d|-[0-9a-f]{12})/gi

/** Numbers of payment cards. */
export const CARD: TextRule = findChecked(
  {
    name: 'card',
    meaning: 'numbers of payment cards: 13 to 19 digits whose check digit is right (Luhn)',
  },
  CARD_LIKE,
  found => (isCardNumber(found) ? found.length : 0),
)

function isCardNumber(found: string): boolean {
  const digits = found.replaceAll(/%20|[ ._+-]/g, '')
  if (/\D/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Lengths of IBANs by country, from the registry of ISO 13616. */
const IBAN_LENGTHS = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24
  FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32
  LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24
  RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map(entry => [entry.slice(0, 2), Number(entry.slice(2))]),
)

const IBAN_LIKE = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}/g

/** International numbers of bank accounts. */
export const IBAN: TextRule = findChecked(
  {
    name: 'iban',
    meaning: 'bank accounts (IBAN) whose length and check digits are right (mod 97)',
  },
  IBAN_LIKE,
  endOfIban,
)

/** How much of `found` is an IBAN: words may follow it. 0 when none is there. */
function endOfIban(found: string): number {
  const length = IBAN_LENGTHS.get(found.slice(0, 2).toUpperCase()) ?? 0
  let end = 0
  let compact = ''
  while (end < found.length && compact.length < length) {
    const character = found[end++] ?? ''
    if (character !== ' ' && character !== '-') compact += character
  }
  if (length === 0 || compact.length < length || /[A-Za-z0-9]/.test(found[end] ?? '')) return 0
  return isCheckedIban(compact.toUpperCase()) ? end : 0
}

function isCheckedIban(iban: string): boolean {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }
  return rest === 1
}

/** Telephone numbers in international form; a number alone could be anything. */
export const PHONE: TextRule = {
  name: 'phone',
  meaning: 'telephone numbers in international form: a plus sign and 8 to 15 digits',
  redact: (text, take) =>
    text.replaceAll(/(?<![\w+])(?:\+|%2B)[1-9](?:[ .()/-]{0,2}\d){7,14}(?!\d)/gi, take),
}
