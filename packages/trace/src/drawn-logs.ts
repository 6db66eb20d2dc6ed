import { ATTR_EXCEPTION_MESSAGE } from '@throughline/conventions'
import type { LogRecord } from '@throughline/otlp'
import { oneLine } from './one-line.ts'
import { timeOfLog } from './placed-logs.ts'
import type { ReadLog } from './reading.ts'
import { textOf } from './span-attributes.ts'
import type { DrawnLog } from './tree-drawing.ts'

/** Most lines of the log that are drawn of one trace. */
const MOST_LOGS = 50

const MOST_CHARACTERS = 400

/** Severities of OpenTelemetry: each name stands for four numbers. */
const WARN = 13
const ERROR = 17
const FATAL = 21

/** What is drawn of the log of a trace. */
export interface DrawnLogs {
  /** By place of their span; of those whose span is missing, under undefined. */
  readonly byPlace: ReadonlyMap<number | undefined, readonly DrawnLog[]>
  /** How many are left out. */
  readonly more: number
}

/** The first log records of a trace that warn or tell of an error, as one line each. */
export function selectLogs(logs: readonly ReadLog[]): DrawnLogs {
  const serious = logs.filter(({ log }) => log.severityNumber >= WARN)
  const first = serious.slice(0, MOST_LOGS)
  const byPlace = new Map<number | undefined, DrawnLog[]>()
  for (const { log, span } of first) {
    const drawn = byPlace.get(span) ?? []
    byPlace.set(span, drawn)
    drawn.push({ text: tell(log, span === undefined), isError: log.severityNumber >= ERROR })
  }
  return { byPlace, more: serious.length - first.length }
}

/** `log 12:04:32.401 ERROR plan change failed`; away from its span it names its service too. */
function tell(log: LogRecord, isAway: boolean): string {
  const { severityNumber, service } = log
  const at = new Date(Number(timeOfLog(log) / 1_000_000n)).toISOString().slice(11, 23)
  const word = severityNumber >= FATAL ? 'FATAL' : severityNumber >= ERROR ? 'ERROR' : 'WARN'
  return `log ${at} ${word} ${isAway ? `${service}: ` : ''}${oneLine(messageOf(log), MOST_CHARACTERS)}`
}

/** What it says; a record that only brings an exception or the name of an event along says that. */
function messageOf({ body, attributes, eventName }: LogRecord): string {
  const text = typeof body === 'string' ? body : body === null ? '' : JSON.stringify(body)
  return text || (textOf(attributes[ATTR_EXCEPTION_MESSAGE]) ?? eventName)
}
