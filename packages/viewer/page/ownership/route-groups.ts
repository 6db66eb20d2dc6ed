import type { ReportedRoute } from '@throughline/monitoring'

/** Routes that one team owns; those that nobody is meant to own have no team. */
export interface RouteGroup {
  readonly team: string | undefined
  readonly routes: readonly ReportedRoute[]
}

/** Routes by team, in the order of the names, and last those that are unowned by design. Each word of the text must stand in the row. */
export function groupRoutes(
  routes: readonly ReportedRoute[],
  { text, team }: { readonly text: string; readonly team: string },
): readonly RouteGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const wanted = routes.filter(route => {
    const where = [route.service, route.match, route.audience, route.work, route.lifecycle]
      .join(' ')
      .toLowerCase()
    return (
      words.every(word => where.includes(word)) &&
      (team === '' || (route.team === team && route.unowned === undefined))
    )
  })
  const owned = Map.groupBy(
    wanted.filter(({ unowned }) => unowned === undefined),
    route => route.team,
  )
  const byDesign = wanted.filter(({ unowned }) => unowned !== undefined)
  return [
    ...[...owned]
      .toSorted(([left], [right]) => left.localeCompare(right))
      .map(([name, some]) => ({ team: name, routes: some })),
    ...(byDesign.length === 0 ? [] : [{ team: undefined, routes: byDesign }]),
  ]
}
