import type { LintInput } from './lint-input.ts'

/** A link to a dashboard, or to one panel of it. */
export interface DashboardLink {
  readonly uid: string
  readonly panel: number | undefined
}

/** Links of a text that lead to what is linted here. */
export interface LinksInText {
  readonly dashboards: readonly DashboardLink[]
  /** Names of pages of the runbooks, without `.md`. */
  readonly runbooks: readonly string[]
}

/** An address or a path, as far as it goes without templates. */
const ADDRESS = /https?:\/\/[^\s"'<>)\]{}|]+|[\w./-]*\/[^\s"'<>)\]{}|]+/g

/** The dashboards and runbooks that a text links to; what lies on other hosts is not ours to check. */
export function findLinks(
  text: string,
  { ownership: { catalog, links }, runbookFolder }: Pick<LintInput, 'ownership' | 'runbookFolder'>,
): LinksInText {
  const dashboards: DashboardLink[] = []
  const runbooks: string[] = []
  const folders = [runbookFolder, catalog.org.links?.runbooks].map(folder => `${folder}/`)
  for (const [address] of text.matchAll(ADDRESS)) {
    const path = address.startsWith(links.grafana) ? address.slice(links.grafana.length) : address
    const [, uid] = /^\/d\/([\w-]+)(?:[/?#]|$)/.exec(path) ?? []
    const [, panel] = /[?&]viewPanel=(?:panel-)?(\d+)/.exec(path) ?? []
    if (uid !== undefined) {
      dashboards.push({ uid, panel: panel === undefined ? undefined : Number(panel) })
    }
    const folder = folders.find(known => address.startsWith(known))
    const page = folder === undefined ? '' : address.slice(folder.length)
    const [, name] = /^([\w-]+)(?:\.md)?(?:[?#].*)?$/.exec(page) ?? []
    if (name !== undefined) runbooks.push(name)
  }
  return { dashboards, runbooks }
}
