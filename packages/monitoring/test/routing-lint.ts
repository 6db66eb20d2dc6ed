/** A node of the tree as it stands in Alertmanager's configuration. */
export interface RouteConfig {
  readonly receiver: string
  readonly matchers?: readonly string[]
  readonly continue?: boolean
  readonly group_wait?: string
  readonly group_interval?: string
  readonly repeat_interval?: string
  readonly routes?: readonly RouteConfig[]
}

/** What is looked at of Alertmanager's configuration. */
export interface RoutingConfig {
  readonly route: RouteConfig
  readonly receivers: readonly { readonly name: string }[]
  readonly inhibit_rules: readonly {
    readonly source_matchers: readonly string[]
    readonly target_matchers: readonly string[]
    readonly equal?: readonly string[]
  }[]
}

interface Timing {
  readonly wait: number
  readonly interval: number
  readonly repeat: number
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }
const secondsOf = (text: string): number =>
  Number.parseInt(text, 10) * (SECONDS[text.at(-1) ?? ''] ?? Number.NaN)

/** How long Alertmanager keeps what it has told, by default. */
const RETENTION = 120 * 3600

/** Faults of a configuration that amtool passes: alerts that nobody gets, or gets too late, or not at all. */
export function lintRouting({
  route,
  receivers,
  inhibit_rules: inhibitions,
}: RoutingConfig): string[] {
  const used = new Set<string>()
  const faults: string[] = []
  const visit = (node: RouteConfig, inherited: Timing, path: string): void => {
    used.add(node.receiver)
    const timing = {
      wait: node.group_wait === undefined ? inherited.wait : secondsOf(node.group_wait),
      interval:
        node.group_interval === undefined ? inherited.interval : secondsOf(node.group_interval),
      repeat:
        node.repeat_interval === undefined ? inherited.repeat : secondsOf(node.repeat_interval),
    }
    if (timing.wait > timing.interval) faults.push(`${path}: group_wait > group_interval`)
    if (timing.interval > timing.repeat) faults.push(`${path}: group_interval > repeat_interval`)
    if (timing.repeat % timing.interval !== 0)
      faults.push(`${path}: repeat_interval is no multiple of group_interval`)
    if (timing.repeat > RETENTION) faults.push(`${path}: repeat_interval is over the retention`)
    const seen: string[][] = []
    for (const child of node.routes ?? []) {
      const matchers = [...(child.matchers ?? [])].toSorted()
      const name = `${path}/${matchers.join(',')}`
      if (matchers.length === 0) faults.push(`${name}: a child that matches everything`)
      for (const earlier of seen) {
        if (earlier.every(matcher => matchers.includes(matcher)))
          faults.push(`${name}: behind ${earlier.join(',')}, which takes all of it`)
      }
      if (child.continue !== true) seen.push(matchers)
      visit(child, timing, name)
    }
  }
  visit(route, { wait: 30, interval: 300, repeat: 14_400 }, 'route')

  const names = receivers.map(({ name }) => name)
  for (const name of used) if (!names.includes(name)) faults.push(`${name}: no such receiver`)
  for (const receiver of receivers) {
    if (!used.has(receiver.name)) faults.push(`${receiver.name}: no route leads there`)
    if (Object.keys(receiver).length < 2 && receiver.name !== 'watchdog')
      faults.push(`${receiver.name}: tells nobody`)
  }
  if (new Set(names).size !== names.length) faults.push('a receiver stands twice')
  for (const { source_matchers: source, target_matchers: target, equal = [] } of inhibitions) {
    const name = `${source.join(',')} → ${target.join(',')}`
    if (source.length === 0 || target.length === 0) faults.push(`${name}: matches everything`)
    if (equal.length === 0) faults.push(`${name}: inhibits without equal`)
  }
  return faults
}
