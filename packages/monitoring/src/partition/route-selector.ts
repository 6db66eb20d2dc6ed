/** Which series of a service a rule is about: label matchers on `http_request_method` and `http_route`. */
export interface RouteSelector {
  /** Methods that are meant, or all but these; any when absent. */
  readonly methods?: { readonly only: boolean; readonly names: readonly string[] }
  /** Regular expressions of routes; any route when empty. */
  readonly include: readonly string[]
  /** Regular expressions of routes that are somebody else's. */
  readonly exclude: readonly string[]
}

/** The matchers of a selector, as they stand within braces; empty when it takes everything. */
export function renderMatchers({ methods, include, exclude }: RouteSelector): string {
  return [
    ...(methods === undefined ? [] : [methodMatcher(methods)]),
    ...(include.length === 0 ? [] : [matcher('http_route', '=', include)]),
    ...(exclude.length === 0 ? [] : [matcher('http_route', '!', exclude)]),
  ].join(',')
}

function methodMatcher({ only, names }: { only: boolean; names: readonly string[] }): string {
  return matcher('http_request_method', only ? '=' : '!', names)
}

/** A regular expression only where one is needed: `=` reads better and is faster than `=~`. */
function matcher(label: string, sign: '=' | '!', regexes: readonly string[]): string {
  const [first = ''] = regexes
  const literal = regexes.length === 1 ? unescaped(first) : undefined
  const operator = literal === undefined ? `${sign}~` : sign === '=' ? '=' : '!='
  return `${label}${operator}${quoteLabel(literal ?? regexes.join('|'))}`
}

/** The only text that a regular expression matches, or nothing when there are more. */
function unescaped(regex: string): string | undefined {
  const bare = regex.replaceAll(/\\(?<special>[\\^$.*+?()[\]{}|])/g, '')
  return /[\\^$.*+?()[\]{}|]/.test(bare) ? undefined : regex.replaceAll(/\\(.)/g, '$1')
}

/** A label value of PromQL, in quotes. */
export const quoteLabel = (value: string): string => JSON.stringify(value)
