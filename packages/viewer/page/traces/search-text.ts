import { searchTerm } from '../location/paths.ts'

/** One word or term of the search box, as it stands there. */
export interface SearchToken {
  readonly text: string
  /** `service` of `service:web`, `>` of `>500ms`; absent for a word. */
  readonly name: string | undefined
  /** Without its quotes. */
  readonly value: string
  readonly isExcluded: boolean
}

/** As the viewer splits it: a name and colon, then a text in quotes, whose end may be missing, or all up to a space. */
const TOKEN = /-?(?:[a-z]+:)?(?:"(?:[^"\\]|\\.)*(?:"|$)|[^\s"]\S*)/gi
const NAMED = /^([a-z]+):(.+)$/is

/** What the search box says, piece by piece. */
export function readTokens(search: string): readonly SearchToken[] {
  return (search.match(TOKEN) ?? []).map(text => {
    const isExcluded = text.startsWith('-') && text.length > 1
    const said = isExcluded ? text.slice(1) : text
    const [, name, value] = NAMED.exec(said) ?? []
    if (name !== undefined && value !== undefined)
      return { text, name: name.toLowerCase(), value: unquote(value), isExcluded }
    const mark = said.charAt(0)
    return (mark === '>' || mark === '<') && said.length > 1
      ? { text, name: mark, value: said.slice(1), isExcluded }
      : { text, name: undefined, value: unquote(said), isExcluded }
  })
}

/** What the search asks of `name`; empty where it asks nothing. */
export const valueOfTerm = (search: string, name: string): string =>
  readTokens(search).find(token => asks(token, name))?.value ?? ''

/** Asks `name` to be `value` and nothing else, in the place where it is asked now; an empty value asks nothing. All else stays as it is. */
export function setTerm(search: string, name: string, value: string): string {
  const tokens = readTokens(search)
  const text = renderTerm(name, value)
  const place = tokens.findIndex(token => asks(token, name))
  const others = tokens.map(token => (asks(token, name) ? '' : token.text))
  if (place === -1) others.push(text)
  else others[place] = text
  return joinTexts(others)
}

/** Takes out the piece at a place of {@link readTokens}. */
export const removeToken = (search: string, place: number): string =>
  joinTexts(readTokens(search).map(({ text }, at) => (at === place ? '' : text)))

const asks = (token: SearchToken, name: string): boolean => token.name === name && !token.isExcluded

function renderTerm(name: string, value: string): string {
  if (value === '') return ''
  return name === '>' || name === '<' ? name + value : searchTerm(name, value)
}

const unquote = (text: string): string =>
  text.startsWith('"') ? text.replaceAll(/^"|"$/g, '').replaceAll(/\\(["\\])/g, '$1') : text

const joinTexts = (texts: readonly string[]): string => texts.filter(text => text !== '').join(' ')
