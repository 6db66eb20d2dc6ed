import type { Take, TextRule } from './rule.ts'

/**
 * What is before the host: `//user:password@`. A password may hold `/`, `?` and `#` where it is not written as it should
 * be; then what follows the colon is no port.
 */
const USERINFO =
  /(?<=:\/\/)(?:[^\s/?#"'<>]*@|[^\s/?#:@"'<>]*:(?!\d+(?:[/?#\s"'<>]|$))[^\s"'<>]{0,512}@)/g

/** Name and password in an address, of whatever scheme. */
export const USERINFO_RULE: TextRule = {
  name: 'userinfo',
  meaning: 'user names and passwords in addresses, as in postgres://user:password@host',
  redact: (text, take) => text.replaceAll(USERINFO, found => `${take(found.slice(0, -1))}@`),
}

/** A question mark and what follows it, to the next space or quote; a `#` too, since tokens travel there. */
const QUERY = /[?#][^\s"'<>`]+/g

/** Query strings and fragments of addresses in a text. */
export const QUERY_RULE: TextRule = {
  name: 'query',
  meaning:
    'query strings and fragments of addresses: a name in them may be a secret as well as a value',
  redact(text, take) {
    return text.replaceAll(QUERY, (found, at: number) =>
      follows(text, at, found) ? found[0] + takeQuery(found, take) : found,
    )
  },
}

/** Whether what stands at `at` is the query of an address, rather than the end of a question. */
function follows(text: string, at: number, found: string): boolean {
  let start = at
  while (start > 0 && !` \n\t"'<>\`(`.includes(text[start - 1] ?? '')) start--
  const before = text.slice(start, at)
  if (before.includes('://')) return true
  return found.startsWith('?') && (before.includes('/') || /^\?[^=\s]+=/.test(found))
}

/** Takes a query without its mark; what ends the sentence stays. */
function takeQuery(found: string, take: Take): string {
  const query = found.slice(1)
  const end = query.length - (/[).,;:!]*$/.exec(query)?.[0].length ?? 0)
  return end === 0 ? query : take(query.slice(0, end)) + query.slice(end)
}
