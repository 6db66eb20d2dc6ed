/** The folder above which a glob cannot match: what stands before its first wildcard. */
export function baseOfGlob(glob: string): string {
  const parts = normalize(glob).split('/')
  const wild = parts.findIndex(part => /[*?[{]/.test(part))
  return (wild === -1 ? parts.slice(0, -1) : parts.slice(0, wild)).join('/') || '.'
}

/** What says whether a path matches a glob: `*` and `?` within one folder, `**` across folders, `{a,b}` and `[ab]`. */
export function compileGlob(glob: string): (path: string) => boolean {
  const expression = new RegExp(`^${toExpression(normalize(glob))}$`)
  return path => expression.test(path)
}

const normalize = (glob: string): string => glob.replace(/^\.?\//, '').replace(/\/$/, '/**')

/** A `**` takes any folders, also none. */
const WILDCARD = /\*\*\/|\*\*|\*|\?|\{[^}]*\}|\[[^\]]*\]|[\\^$.+()|]/g

const toExpression = (glob: string): string =>
  glob.replaceAll(WILDCARD, found => {
    if (found === '**/') return '(?:.*/)?'
    if (found === '**') return '.*'
    if (found === '*') return '[^/]*'
    if (found === '?') return '[^/]'
    if (found.startsWith('{'))
      return `(?:${found.slice(1, -1).split(',').map(toExpression).join('|')})`
    return found.startsWith('[') ? found.replace(/^\[!/, '[^') : `\\${found}`
  })
