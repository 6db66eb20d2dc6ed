import type { Problem } from '@throughline/catalog'
import { entriesOf, itemsOf, type Located, parseLocated, textOf } from './located-yaml.ts'

/** Where Alertmanager's configuration is. */
const ALERTMANAGER_FILE = 'alerts/alertmanager.yaml'

/** Alertmanager's configuration, as it stands on disk. */
export interface AlertmanagerFile {
  readonly file: string
  readonly root: Located
}

/** Reads Alertmanager's configuration, where there is one. */
export function readAlertmanager(files: ReadonlyMap<string, string>): {
  readonly alertmanager: AlertmanagerFile | undefined
  readonly problems: readonly Problem[]
} {
  const text = files.get(ALERTMANAGER_FILE)
  if (text === undefined) return { alertmanager: undefined, problems: [] }
  const { root, problems } = parseLocated(text, ALERTMANAGER_FILE)
  const alertmanager = root === undefined ? undefined : { file: ALERTMANAGER_FILE, root }
  return { alertmanager, problems }
}

/** Names of the receivers that get an alert, in the order of the tree, as Alertmanager decides it. */
export function receiversOf(
  { root }: AlertmanagerFile,
  labels: ReadonlyMap<string, string>,
): readonly string[] {
  const route = entriesOf(root).get('route')
  return route === undefined ? [] : descend(route, labels, '')
}

function descend(
  node: Located,
  labels: ReadonlyMap<string, string>,
  inherited: string,
): readonly string[] {
  const fields = entriesOf(node)
  const receiver = textOf(fields.get('receiver')) ?? inherited
  const receivers: string[] = []
  for (const child of itemsOf(fields.get('routes'))) {
    if (!matches(child, labels)) continue
    receivers.push(...descend(child, labels, receiver))
    if (entriesOf(child).get('continue')?.value !== true) break
  }
  return receivers.length === 0 ? [receiver] : receivers
}

/** `team="billing"`, `team=billing`, `severity=~"page|ticket"`. */
const MATCHER = /^\s*([^\s=!~]+)\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/s

/** Whether an alert has what a node asks for; a label that is absent is empty. */
function matches(node: Located, labels: ReadonlyMap<string, string>): boolean {
  const fields = entriesOf(node)
  const old = [...entriesOf(fields.get('match'))].map(
    ([label, value]) => `${label}=${textOf(value)}`,
  )
  const written = itemsOf(fields.get('matchers')).flatMap(matcher => textOf(matcher) ?? [])
  return [...old, ...written].every(matcher => {
    const [, label = '', operator, operand = ''] = MATCHER.exec(matcher) ?? []
    const actual = labels.get(label) ?? ''
    if (operator === '=' || operator === '!=') return (actual === operand) === (operator === '=')
    return new RegExp(`^(?:${operand})$`).test(actual) === (operator === '=~')
  })
}
