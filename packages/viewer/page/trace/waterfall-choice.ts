import { useMemo } from 'react'
import { useParameter } from '../location/location.ts'
import type { SpanFilter } from './rows.ts'
import { readWindow, type TimeWindow, windowParameters } from './time-scale.ts'

/** What of the waterfall somebody chose to see, as the address has it. */
export interface WaterfallChoice {
  readonly filter: SpanFilter
  readonly logs: boolean
  readonly find: string
  readonly window: TimeWindow
  readonly isZoomed: boolean
  readonly setOnly: (only: SpanFilter['only']) => void
  readonly setService: (service: string) => void
  readonly setLogs: (logs: boolean) => void
  readonly setFind: (text: string) => void
  /** Looks at a stretch of time; at the whole trace without one. */
  readonly zoom: (window: TimeWindow | undefined) => void
}

/** Reads what is chosen from the address, and writes it there. */
export function useWaterfallChoice(durationMs: number): WaterfallChoice {
  const [onlyText, setOnly] = useParameter('only')
  const [service, setService] = useParameter('service')
  const [logsText, setLogsText] = useParameter('logs')
  const [find, setFind] = useParameter('find')
  const [from, setFrom] = useParameter('from')
  const [to, setTo] = useParameter('to')
  const only = onlyText === 'errors' || onlyText === 'critical' ? onlyText : ''
  const filter = useMemo(() => ({ only, service }) as const, [only, service])
  const window = useMemo(() => readWindow(from, to, durationMs), [from, to, durationMs])
  return {
    filter,
    logs: logsText !== 'off',
    find,
    window,
    isZoomed: from !== '' || to !== '',
    setOnly,
    setService,
    setLogs: logs => setLogsText(logs ? '' : 'off'),
    setFind,
    zoom(next) {
      const [nextFrom, nextTo] = next === undefined ? ['', ''] : windowParameters(next)
      setFrom(nextFrom)
      setTo(nextTo)
    },
  }
}
