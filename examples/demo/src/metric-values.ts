/** The series of a metric: labels as they are written, and value. */
export type MetricValues = Readonly<Record<string, number>>

const OPENMETRICS = { accept: 'application/openmetrics-text' }

/** Reads the series of a counter or gauge at `/metrics`. */
export async function readValues(metricsUrl: string, metric: string): Promise<MetricValues> {
  const text = await (await fetch(metricsUrl, { headers: OPENMETRICS })).text()
  const lines = text.split('\n').filter(line => line.startsWith(`${metric}{`))
  return Object.fromEntries(
    lines.map(line => {
      const end = line.lastIndexOf('}')
      return [line.slice(metric.length + 1, end), Number(line.slice(end + 1))]
    }),
  )
}

/** Reads what `work` adds to the series of a counter; series that do not grow are left out. */
export async function readGrowth(
  metricsUrl: string,
  metric: string,
  work: () => Promise<unknown>,
): Promise<MetricValues> {
  const before = await readValues(metricsUrl, metric)
  await work()
  const after = await readValues(metricsUrl, metric)
  return Object.fromEntries(
    Object.entries(after)
      .map(([labels, value]) => [labels, value - (before[labels] ?? 0)] as const)
      .filter(([, more]) => more > 0),
  )
}
