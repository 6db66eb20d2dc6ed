import { METRICS, type MetricDefinition } from '../../conventions/src/metrics.ts'
import { readText } from './files.ts'
import { renderTable } from './markdown-table.ts'

/** A name that the conventions export, with what its docstring says. */
export interface DocumentedName {
  /** Of the constant, e.g. `ATTR_TEAM`. */
  readonly constant: string
  readonly name: string
  readonly meaning: string
  readonly unit: string | undefined
  readonly default: string | undefined
}

const folder = 'packages/conventions/src'

/** The text constants of one module of the conventions, in its order; one without a docstring is left out. */
export function readNames(
  module: 'attributes' | 'headers' | 'environment' | 'metrics',
): DocumentedName[] {
  const text = readText(`${folder}/${module}.ts`)
  const declaration = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const (\w+) =\s+'([^']*)'/g
  return [...text.matchAll(declaration)].map(([, comment = '', constant = '', name = '']) => {
    const lines = comment.split('\n').map(line => line.replace(/^\s*\*?\s?/, '').trim())
    const tag = (key: string): string | undefined =>
      lines.find(line => line.startsWith(`@${key} `))?.slice(key.length + 2)
    const meaning = lines.filter(line => !line.startsWith('@')).join(' ')
    return { constant, name, meaning: meaning.trim(), unit: tag('unit'), default: tag('default') }
  })
}

/** `docs/names.md`: every name that Throughline writes or reads. */
export function renderNames(): string {
  const attributes = readNames('attributes')
  const values = [...attributes, ...readNames('metrics')].filter(isValue)
  const nameOf = new Map(attributes.map(({ constant, name }) => [constant, name]))
  const say = (text: string): string =>
    text.replace(/\{@link (\w+)\}/g, (_, constant: string) =>
      code(nameOf.get(constant) ?? constant),
    )
  const named = (names: readonly DocumentedName[]): string[][] =>
    names.map(({ name, constant, meaning }) => [code(name), code(constant), say(meaning)])

  return `${[
    '# Names',
    'Generated from packages/conventions/src: edit there, then `npm run generate`.',
    'Every name that Throughline writes or reads. Code takes them from `@throughline/conventions`.',
    '## Attributes of spans and resources',
    'Those that begin with `throughline.` are ours, and so is `team`; the others are OpenTelemetry’s. None has a unit.',
    renderTable(
      ['Attribute', 'Constant', 'Meaning'],
      named(attributes.filter(name => !isValue(name))),
    ),
    '## Values',
    renderTable(['Value', 'Constant', 'Meaning'], named(values)),
    '## Headers',
    renderTable(['Header', 'Constant', 'Meaning'], named(readNames('headers'))),
    '## Environment variables',
    'Read once, at start.',
    renderTable(
      ['Variable', 'Default', 'Unit', 'Meaning'],
      readNames('environment').map(variable => [
        code(variable.name),
        variable.default ?? '–',
        variable.unit === undefined ? '–' : code(variable.unit),
        say(variable.meaning),
      ]),
    ),
    '## Metrics',
    'In Prometheus form, in seconds and bytes; a histogram adds `_bucket`, `_sum` and `_count`. Units are UCUM.',
    renderTable(
      ['Metric', 'Type', 'Unit', 'Labels', 'OpenTelemetry instrument', 'Meaning'],
      METRICS.map(renderMetric),
    ),
    '### Buckets',
    renderTable(
      ['Histogram', 'Upper bounds'],
      METRICS.flatMap(({ name, buckets }) =>
        buckets === undefined ? [] : [[code(name), buckets.join(', ')]],
      ),
    ),
  ].join('\n\n')}\n`
}

function renderMetric({ name, type, unit, labels, otelName, meaning }: MetricDefinition): string[] {
  const labelled = labels.map(label => code(label.name)).join(', ')
  const instrument = otelName === undefined ? '–' : code(otelName)
  return [code(name), type, code(unit), labelled === '' ? '–' : labelled, instrument, meaning]
}

const isValue = ({ constant }: DocumentedName): boolean => constant.includes('_VALUE_')

const code = (text: string): string => `\`${text}\``
