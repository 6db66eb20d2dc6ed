/** How bad a log record is: from 17 on errors, from 13 on warnings, as OpenTelemetry numbers them. */
export function weightOfSeverity(severityNumber: number): 'error' | 'warning' | 'ordinary' {
  if (severityNumber >= 17) return 'error'
  return severityNumber >= 13 ? 'warning' : 'ordinary'
}

const NAMES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const

/** What a log record calls its severity, or what its number means; each name stands for four numbers. */
export function severityWord(severityNumber: number, severityText: string): string {
  if (severityText !== '') return severityText.toUpperCase()
  return NAMES[Math.floor((severityNumber - 1) / 4)] ?? 'LOG'
}
