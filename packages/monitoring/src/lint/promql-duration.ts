const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

/** Milliseconds of a duration of Prometheus, `1h30m` or a number of seconds; nothing where it has to be computed. */
export function durationOf(text: string): number | undefined {
  const written = text.trim()
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written) * 1000
  if (!/^(\d+(ms|[smhdwy]))+$/.test(written)) return undefined
  let sum = 0
  for (const [, amount, unit = ''] of written.matchAll(/(\d+)(ms|[smhdwy])/g))
    sum += Number(amount) * (UNITS[unit] ?? 0)
  return sum
}
