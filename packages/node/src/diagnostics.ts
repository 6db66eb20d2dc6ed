import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api'

const REPEAT_AFTER_MS = 60_000
const MAX_CAUSES = 100

/** Says something about telemetry itself on stderr, at most once a minute a cause. */
export interface Reporter {
  /** `cause` is what repeats are recognised by, so it holds no figures. Never throws. */
  report(cause: string, message: string): void
}

/** A {@link Reporter} that writes lines that start with `throughline:`. */
export function createReporter(
  write: (line: string) => void = line => void process.stderr.write(line),
  now: () => number = Date.now,
): Reporter {
  const last = new Map<string, number>()
  return {
    report(cause, message) {
      const at = now()
      if (at - (last.get(cause) ?? -REPEAT_AFTER_MS) < REPEAT_AFTER_MS) return
      if (last.size >= MAX_CAUSES) last.clear()
      last.set(cause, at)
      write(`throughline: ${message}\n`)
    },
  }
}

const LEVELS: Readonly<Record<string, DiagLogLevel>> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
}

/** Sends what OpenTelemetry says of itself through `reporter`: errors by default, more by `OTEL_LOG_LEVEL`. */
export function reportDiagnostics(reporter: Reporter, level = 'error'): void {
  const say =
    (severity: string) =>
    (message: string, ...args: unknown[]): void =>
      reporter.report(message, [severity, message, ...args.map(describe)].join(' '))
  const logger: DiagLogger = {
    error: say('error:'),
    warn: say('warning:'),
    info: say('info:'),
    debug: say('debug:'),
    verbose: say('debug:'),
  }
  diag.setLogger(logger, {
    logLevel: LEVELS[level.toLowerCase()] ?? DiagLogLevel.ERROR,
    suppressOverrideMessage: true,
  })
}

function describe(value: unknown): string {
  if (value instanceof Error) return value.message
  return typeof value === 'string' ? value : JSON.stringify(value)
}
