/** One line of a page of metrics. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  /** Trace of its exemplar. */
  readonly traceId: string | undefined
}

/** A page of metrics in OpenMetrics form, exemplars and all. */
export async function readMetricsPage(url: string): Promise<readonly Sample[]> {
  const response = await fetch(url, { headers: { accept: 'application/openmetrics-text' } })
  const type = response.headers.get('content-type')
  if (!type?.startsWith('application/openmetrics-text'))
    throw new Error(`${url} answered ${response.status} as ${type}`)
  return (await response.text()).split('\n').flatMap(readSample)
}

function readSample(line: string): Sample[] {
  const [, name, labels = '', value, exemplar = ''] =
    /^(\w+)(?:\{([^}]*)\})? (\S+)(?: # \{([^}]*)\})?/.exec(line) ?? []
  if (name === undefined) return []
  return [
    {
      name,
      labels: readLabels(labels),
      value: Number(value),
      traceId: readLabels(exemplar)['trace_id'],
    },
  ]
}

const readLabels = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
