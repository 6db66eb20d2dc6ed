import type { Problem } from '@throughline/catalog'
import type { LinksInText } from '../links-in-text.ts'
import type { LintContext } from '../lint-context.ts'
import { count, quote, replacementFor } from '../wording.ts'

/** What holds a link. */
interface Holder {
  readonly at: string
  readonly name: string
}

/** A link that leads nowhere. */
export interface BrokenLink extends Problem {
  /** Where it was to lead: equal for links that one edit mends. */
  readonly target: string
}

/** The links to pages of the runbooks that do not exist. */
export function brokenRunbookLinks(
  { runbooks }: LinksInText,
  { at, name }: Holder,
  { runbookPages, runbookFolder }: LintContext,
): BrokenLink[] {
  return runbooks
    .filter(page => !runbookPages.has(page))
    .map(page => ({
      target: page,
      at,
      message: `${name} links to the runbook ${quote(page)}, and there is no such page`,
      fix: replacementFor(page, runbookPages.keys(), `write ${runbookFolder}/${page}.md`),
    }))
}

/** The links to dashboards, and to panels of them, that do not exist. */
export function brokenDashboardLinks(
  { dashboards }: LinksInText,
  { at, name }: Holder,
  context: LintContext,
): BrokenLink[] {
  return dashboards.flatMap(({ uid, panel }) => {
    const found = context.dashboards.find(dashboard => dashboard.uid === uid)
    if (found === undefined) {
      const known = context.dashboards.flatMap(dashboard => dashboard.uid ?? [])
      const message = `${name} links to the dashboard ${quote(uid)}, and there is none with that uid`
      return [
        { target: uid, at, message, fix: replacementFor(uid, known, 'add it below dashboards/') },
      ]
    }
    if (panel === undefined || found.panels.some(({ id }) => id === panel)) return []
    const message = `${name} links to panel ${panel} of the dashboard ${quote(uid)}, which has no such panel`
    const ids = found.panels.flatMap(({ id }) => id ?? [])
    const fix = `name one of its panels: ${ids.slice(0, 8).join(', ')}`
    return [{ target: `${uid} ${panel}`, at, message, fix }]
  })
}

/** One problem for each target, at the first place that links to it. */
export function onceATarget(links: readonly BrokenLink[]): Problem[] {
  const byTarget = Map.groupBy(links, ({ target }) => target)
  return [...byTarget.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const { at, message, fix } = first
    const more = others.length === 0 ? '' : ` (${count(others.length, 'more link')} to it)`
    return [{ at, message: `${message}${more}`, fix }]
  })
}
