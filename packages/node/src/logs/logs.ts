import type { LoggerProvider } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import { METRIC_THROUGHLINE_LOGS_DROPPED } from '@throughline/conventions'
import { reportLogRecords } from '../delivery/delivery-reports.ts'
import type { Reporter } from '../diagnostics.ts'
import type { LogSettings } from '../environment.ts'
import type { ExitLetter } from '../delivery/exit-export.ts'
import type { Metrics } from '../metrics/instruments.ts'
import type { Redactor } from '../redaction/redactor.ts'
import type { ServedRequests } from '../requests/served-requests.ts'
import { writeConsoleAsJson } from './console-lines.ts'
import { redactLine } from './line-redaction.ts'
import { createLineWriter, type LineDropReason, type LineWriterOptions } from './line-writer.ts'
import { createLogPipeline } from './log-pipeline.ts'
import { emitMessage, emitRequest } from './log-records.ts'
import { createRequestLine } from './request-line.ts'
import { openStandardOutput } from './standard-output.ts'

/** What logs are made of. */
export interface LogsOptions {
  readonly settings: LogSettings
  readonly service: string
  readonly resource: Resource
  readonly requests: ServedRequests
  readonly redactor: Redactor
  readonly metrics: Metrics
  readonly reporter: Reporter
}

/** The logs of this process. */
export interface Logs {
  /** Whether each request has a line of ours. */
  readonly writesRequests: boolean
  /** Takes secrets and personal data out of a line that the application writes. */
  readonly redact: (line: string) => string
  /** Undefined when logs are sent nowhere. */
  readonly loggerProvider: LoggerProvider | undefined
  /** Writes and sends what waits. Never rejects, and never resolves where nobody reads stdout. */
  flush(): Promise<void>
  /** For a process that is about to end: from now on no attempt to send takes longer than this. */
  limitAttempts(timeoutMs: number): void
  /** Writes the lines that wait while the process exits, for up to `deadlineMs`. */
  writeAtExit(deadlineMs: number): void
  /** What no collector has confirmed, to be sent while the process exits. */
  takeRest(): readonly ExitLetter[]
  /** Gives `console` back and closes what was opened. */
  stop(): void
}

/** Writes a line for each request and for what the application says by `console`, and sends logs, as far as the settings ask for it. */
export function startLogs({
  settings,
  service,
  resource,
  requests,
  redactor,
  metrics,
  reporter,
}: LogsOptions): Logs {
  const writer = createLineWriter({
    open: openStandardOutput,
    onDropped: reportLines(metrics, reporter),
  })
  if (settings.requests) {
    const line = createRequestLine(service)
    requests.listen(request => writer.write(line(request, Date.now())))
  }
  const pipeline =
    settings.exporter === 'otlp'
      ? createLogPipeline({
          ...settings,
          ...reportLogRecords(metrics, reporter),
          resource,
          redactor,
        })
      : undefined
  const logger = pipeline?.loggerProvider.getLogger('@throughline/node')
  if (logger !== undefined && settings.requests)
    requests.listen(request => emitRequest(logger, request, Date.now()))
  const restoreConsole =
    settings.console === 'json'
      ? writeConsoleAsJson({
          service,
          redact: text => redactor.text(text),
          onMessage: (level, message) => logger && emitMessage(logger, level, message),
        })
      : undefined
  return {
    writesRequests: settings.requests,
    redact: line => redactLine(line, redactor),
    loggerProvider: pipeline?.loggerProvider,
    flush: async () => void (await Promise.all([writer.flush(), pipeline?.flush()])),
    limitAttempts: timeoutMs => pipeline?.limitAttempts(timeoutMs),
    writeAtExit: deadlineMs => writer.flushAtExit(deadlineMs),
    takeRest: () => pipeline?.takeRest() ?? [],
    stop() {
      restoreConsole?.()
      writer.close()
    },
  }
}

const WORDS: Readonly<Record<LineDropReason, string>> = {
  buffer_full: 'stdout is read too slowly',
  closed: 'nobody reads stdout any more',
  failed: 'stdout cannot be written',
}

/** Counts lost lines by reason, and says so on stderr at most once a minute a reason. */
function reportLines(metrics: Metrics, reporter: Reporter): LineWriterOptions['onDropped'] {
  const dropped = metrics.instrument(METRIC_THROUGHLINE_LOGS_DROPPED)
  return (lines, reason, error) => {
    dropped.add([reason], lines)
    const detail = error === undefined ? '' : ` (${error.message})`
    reporter.report(`lines-${reason}`, `log lines are lost: ${WORDS[reason]}${detail}`)
  }
}
