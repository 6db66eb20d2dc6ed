/** Markup that may stand on a page as it is. */
export interface Html {
  readonly markup: string
}

type Part = string | number | Html | readonly Html[] | undefined

/** Markup from a template: every text put into it is escaped, other markup is kept, and `undefined` is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.reduce((sum, text, index) => sum + render(parts[index - 1]) + text)
  return { markup }
}

function render(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, character => ENTITIES[character] ?? '')

/** An address that a link may have: of the web, or within the repository. */
export const linkTo = (address: string): string =>
  /^(https?:\/\/|[\w.-]+(\/|$))/i.test(address) ? address : ''
