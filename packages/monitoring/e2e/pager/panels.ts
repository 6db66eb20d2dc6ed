import type { Prometheus } from '@throughline/checks/prometheus'
import type { OutputFile } from '../../src/output-file.ts'

/** The part of Grafana's model of a dashboard that says what is asked. */
interface DashboardModel {
  readonly title: string
  readonly panels: readonly PanelModel[]
  readonly templating: { readonly list: readonly VariableModel[] }
}

interface PanelModel {
  readonly type: string
  readonly title?: string
  /** Of a row that is folded. */
  readonly panels?: readonly PanelModel[]
  readonly targets?: readonly TargetModel[]
}

interface TargetModel {
  readonly refId: string
  readonly datasource?: { readonly type?: string }
  readonly expr?: string
}

interface VariableModel {
  readonly name: string
  readonly type: string
  readonly query?: string
  readonly allValue?: string
  readonly options?: readonly { readonly value: string }[]
}

/** One panel of one dashboard. */
interface Panel {
  /** Path of the dashboard's file. */
  readonly dashboard: string
  readonly title: string
  readonly queries: readonly PanelQuery[]
}

/** One query of a panel, once for each way in which the dashboard's variables can be chosen. */
interface PanelQuery {
  readonly source: 'prometheus' | 'loki' | 'tempo'
  readonly choices: readonly string[]
}

/** Every panel that asks something, of every dashboard among `files`. */
function listPanels(files: readonly OutputFile[]): Panel[] {
  return files
    .filter(({ path }) => path.startsWith('dashboards/') && path.endsWith('.json'))
    .flatMap(({ path, text }) => {
      const { panels, templating } = JSON.parse(text) as DashboardModel
      const choices = listChoices(templating.list)
      return panels
        .flatMap(panel => [panel, ...(panel.panels ?? [])])
        .filter(({ targets = [] }) => targets.length > 0)
        .map(({ title = '', targets = [] }) => ({
          dashboard: path,
          title,
          queries: targets.map(target => describeQuery(target, choices)),
        }))
    })
}

function describeQuery({ datasource, expr = '' }: TargetModel, choices: Choice[]): PanelQuery {
  const source = datasource?.type
  if (source !== 'prometheus' && source !== 'loki' && source !== 'tempo')
    throw new Error(`a query asks a data source of the type ${source}`)
  return { source, choices: [...new Set(choices.map(choice => fill(expr, choice)))] }
}

/** Values of variables, by name. */
type Choice = Readonly<Record<string, string>>

/** What Grafana fills in by itself, for the last five minutes. */
const BUILT_IN: Choice = {
  __rate_interval: '1m',
  __interval: '15s',
  __range: '5m',
  __range_s: '300',
}

/** Each value of a variable that has its values written down, and all values of one that has to ask for them. */
function listChoices(variables: readonly VariableModel[]): Choice[] {
  return variables.reduce<Choice[]>(
    (choices, variable) =>
      valuesOf(variable).flatMap(value =>
        choices.map(choice => ({ ...choice, [variable.name]: value })),
      ),
    [BUILT_IN],
  )
}

function valuesOf({ name, type, allValue, options = [], query }: VariableModel): string[] {
  if (type === 'datasource') return ['prometheus']
  if (type === 'query' && allValue !== undefined) return [allValue]
  if (type === 'custom' && options.length > 0) return options.map(({ value }) => value)
  if (type === 'constant' && query !== undefined) return [query]
  throw new Error(`the variable ${name} of type ${type} has no values that are known here`)
}

function fill(expr: string, choice: Choice): string {
  return expr.replaceAll(
    /\$(?:\{(\w+)(?::\w+)?\}|([a-z_]\w*))/gi,
    (all, braced?: string, bare?: string) => {
      const value = choice[braced ?? bare ?? '']
      if (value === undefined) throw new Error(`${all} in ${expr} is no variable of the dashboard`)
      return value
    },
  )
}

/** What became of a panel. */
export interface AskedPanel extends Panel {
  /** Those of its queries of Prometheus that returned nothing, for any choice. */
  readonly empty: readonly string[]
}

/** Asks Prometheus every query of every panel among `files` that is for it. */
export async function askPanels(
  files: readonly OutputFile[],
  prometheus: Prometheus,
): Promise<AskedPanel[]> {
  const asked: AskedPanel[] = []
  for (const panel of listPanels(files)) {
    const empty: string[] = []
    for (const { source, choices } of panel.queries) {
      if (source === 'prometheus' && !(await hasData(prometheus, choices)))
        empty.push(choices[0] ?? '')
    }
    asked.push({ ...panel, empty })
  }
  return asked
}

async function hasData(prometheus: Prometheus, choices: readonly string[]): Promise<boolean> {
  for (const promql of choices) {
    if ((await prometheus.query(promql)).length > 0) return true
  }
  return false
}
