/** A line of a page of metrics: its labels, and its value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const LINE = /^(\w+)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})? ([\d.eE+-]+)(?= |$)/
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' }

/** The lines of the metric `name`, in the text formats of Prometheus and OpenMetrics. What is no such line is passed over. */
export function readSamples(page: string, name: string): readonly Sample[] {
  return page
    .split('\n')
    .filter(line => line.startsWith(name))
    .flatMap(line => {
      const [, metric, labels = '', value] = LINE.exec(line) ?? []
      return metric === name ? [{ labels: readLabels(labels), value: Number(value) }] : []
    })
}

function readLabels(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(LABEL)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll(/\\(.)/g, (whole, character: string) => ESCAPED[character] ?? whole),
    ]),
  )
}
