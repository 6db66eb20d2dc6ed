/** A link of a Markdown file that points into the repository. */
export interface Link {
  /** Path as written, without the anchor; empty for an anchor of the same file. */
  readonly path: string
  /** What stands after `#`, when there is one. */
  readonly anchor: string | undefined
}

const inline = /\]\((?<target>[^)\s]+)(?:\s+"[^"]*")?\)/g
const reference = /^\[[^\]]+\]:\s+(?<target>\S+)/gm
const image = /<img[^>]+src="(?<target>[^"]+)"/g

/** The links of a Markdown text that lead to a file or a heading here; those to other sites are left out. */
export function listLinks(markdown: string): Link[] {
  const text = withoutCode(markdown)
  return [inline, reference, image]
    .flatMap(pattern => [...text.matchAll(pattern)].map(match => match.groups?.['target'] ?? ''))
    .filter(target => !/^[a-z][a-z+.-]*:/i.test(target))
    .map(target => {
      const [path = '', anchor] = target.split('#')
      return { path, anchor }
    })
}

/** The anchors that a Markdown text offers, made from its headings as GitHub does. */
export function listAnchors(markdown: string): string[] {
  const headings = [...withoutFences(markdown).matchAll(/^#{1,6}\s+(?<title>.+?)\s*#*$/gm)]
  const seen = new Map<string, number>()
  return headings.map(match => {
    const slug = slugOf(match.groups?.['title'] ?? '')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  })
}

function slugOf(title: string): string {
  return title
    .replace(/\[(?<label>[^\]]*)\]\([^)]*\)/g, '$<label>')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(?<fence>`{3,}|~{3,})[\s\S]*?^\k<fence>/gm, '')
}

function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/`[^`\n]*`/g, '')
}
