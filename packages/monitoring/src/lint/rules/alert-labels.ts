import { ROLES } from '@throughline/catalog'
import { ALERTS } from '../../alerts/alert-list.ts'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { type Located, textOf } from '../located-yaml.ts'
import type { AlertEntry } from '../rule-files.ts'
import { quote, replacementFor } from '../wording.ts'

const SEVERITIES = ['page', 'ticket', 'notice', 'none']
const KINDS = ['symptom', 'cause', 'change', 'meta']

/** Labels that every alert must have, and the words they may hold. */
const LABELS: Readonly<Record<string, (context: LintContext) => readonly string[]>> = {
  team: ({ catalog }) => [...catalog.teams.keys()],
  role: () => ROLES,
  service: ({ catalog }) => [...catalog.services.keys(), 'all'],
  severity: () => SEVERITIES,
  kind: () => KINDS,
}

/** Annotation that says why an alert may page though users feel nothing yet. */
const REASON = 'page_reason'

/** Rules on the labels of an alert: by them it finds its team. */
export const ALERT_LABEL_RULES: readonly LintRule<LintContext>[] = [
  {
    id: 'alert-label-missing',
    level: 'error',
    find: context =>
      context.alerts.flatMap(({ at, name, labels }) =>
        Object.entries(LABELS)
          .filter(([label]) => !isWritten(labels.get(label)))
          .map(([label, words]) => ({
            at,
            message: `alert ${name} has no label ${quote(label)}`,
            fix: `add ${label}: and one of ${words(context).slice(0, 10).join(', ')}`,
          })),
      ),
  },
  {
    id: 'alert-label-unknown',
    level: 'error',
    find: context =>
      context.alerts.flatMap(({ name, labels }) =>
        Object.entries(LABELS).flatMap(([label, wordsOf]) => {
          const node = labels.get(label)
          const value = textOf(node)
          const words = wordsOf(context)
          if (node === undefined || value === undefined || words.includes(value)) return []
          const message = `alert ${name} has ${label} ${quote(value)}, which the catalog does not know`
          return [{ at: node.at, message, fix: replacementFor(value, words) }]
        }),
      ),
  },
  {
    id: 'alert-label-not-text',
    level: 'error',
    find: ({ alerts }) =>
      alerts.flatMap(({ name, labels }) =>
        [...labels]
          .filter(([, { value }]) => typeof value !== 'string' && value !== null)
          .map(([label, { at, value }]) => ({
            at,
            message: `label ${quote(label)} of alert ${name} is ${shown(value)}, not a text`,
            fix: `write it in quotes: ${label}: ${quote(shown(value))}`,
          })),
      ),
  },
  {
    id: 'alert-label-changes',
    level: 'error',
    find: ({ alerts }) =>
      alerts.flatMap(({ name, labels }) =>
        [...labels].flatMap(([label, node]) => {
          const text = textOf(node) ?? ''
          if (!/\{\{[^}]*(\$value|\.Value)\b/.test(text)) return []
          const message = `label ${quote(label)} of alert ${name} holds the value: ${quote(text)}, so each evaluation makes a new alert`
          return [{ at: node.at, message, fix: 'tell the value in an annotation instead' }]
        }),
      ),
  },
  {
    id: 'page-for-cause',
    level: 'error',
    find: ({ alerts }) =>
      alerts.filter(pagesForNoSymptom).map(({ at, name, labels }) => ({
        at: labels.get('severity')?.at ?? at,
        message: `alert ${name} pages, and is of kind ${quote(textOf(labels.get('kind')) ?? '')}: users may feel nothing`,
        fix: `write severity: ticket, or an annotation ${REASON} that says why somebody must be woken`,
      })),
  },
]

const isWritten = (node: Located | undefined): boolean =>
  node !== undefined && node.value !== null && node.value !== ''

const shown = (value: Located['value']): string =>
  typeof value === 'object' ? 'a list or mapping' : String(value)

/** The causes and failures of the monitoring that we page for ourselves are justified in their runbooks. */
function pagesForNoSymptom({ name, labels, annotations }: AlertEntry): boolean {
  if (textOf(labels.get('severity')) !== 'page') return false
  const kind = textOf(labels.get('kind')) ?? ''
  if (kind === 'symptom' || !KINDS.includes(kind) || annotations.has(REASON)) return false
  const known: string | undefined = Object.entries(ALERTS).find(([alert]) => alert === name)?.[1]
    .kind
  return known !== kind
}
