/**
 * An address that a link may lead to, from what a rule says of itself; undefined where it is none of the web. A parameter that an alert fills
 * in when it fires is left out.
 */
export function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  const filledIn = [...url.searchParams].filter(([, value]) => value.includes('{{'))
  for (const [name] of filledIn) url.searchParams.delete(name)
  return url.href
}
