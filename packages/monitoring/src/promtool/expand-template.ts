/**
 * Expands the few templates of Prometheus that our annotations hold, as Prometheus does: `{{ $labels.x }}`,
 * `{{ $labels.x | urlquery }}`, and `{{ $value | f }}` with `humanize`, `humanizeDuration` or `humanizePercentage`.
 *
 * For the annotations that a promtool test expects; promtool compares them to the letter. Throws on any other template.
 */
export function expandTemplate(
  text: string,
  labels: Readonly<Record<string, string>>,
  value: number,
): string {
  return text.replaceAll(/\{\{ (.*?) \}\}/g, (_, body: string) => {
    const [, label, filter] = /^(?:\$labels\.(\w+)|\$value)(?: \| (\w+))?$/.exec(body) ?? []
    if (label !== undefined && filter === undefined) return labels[label] ?? ''
    if (label !== undefined && filter === 'urlquery') return escapeQuery(labels[label] ?? '')
    const format = filter === undefined ? undefined : FORMATS[filter]
    if (label !== undefined || format === undefined)
      throw new TypeError(`template {{ ${body} }} is not one of ours`)
    return format(value)
  })
}

/** As Go's url.QueryEscape: a space is `+`, and what encodeURIComponent leaves alone is encoded. */
const escapeQuery = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  humanize,
  humanizeDuration,
  humanizePercentage: value => `${fourDigits(value * 100)}%`,
}

/** As Go's `%.4g`. */
const fourDigits = (value: number): string => {
  const text = Number(value.toPrecision(4)).toString()
  const [, digits, sign, exponent = ''] = /^(.+)e([+-])(\d+)$/.exec(value.toPrecision(4)) ?? []
  return digits === undefined ? text : `${Number(digits)}e${sign}${exponent.padStart(2, '0')}`
}

const SMALL = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y']
const LARGE = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']

function humanize(value: number): string {
  if (value === 0) return '0'
  if (Math.abs(value) < 1) return scaled(value, SMALL, rest => Math.abs(rest) >= 1, 1000)
  return scaled(value, LARGE, rest => Math.abs(rest) < 1000, 1 / 1000)
}

function scaled(
  value: number,
  prefixes: readonly string[],
  isEnough: (value: number) => boolean,
  factor: number,
): string {
  let rest = value
  let prefix = ''
  for (const next of prefixes) {
    if (isEnough(rest)) break
    prefix = next
    rest = factor < 1 ? rest / (1 / factor) : rest * factor
  }
  return `${fourDigits(rest)}${prefix}`
}

function humanizeDuration(seconds: number): string {
  if (seconds === 0) return '0s'
  if (Math.abs(seconds) < 1) return `${scaled(seconds, SMALL, rest => Math.abs(rest) >= 1, 1000)}s`
  if (Math.abs(seconds) < 60) return `${fourDigits(seconds)}s`
  const whole = Math.trunc(Math.abs(seconds))
  const units = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ] as const
  const first = units.findIndex(([amount]) => amount > 0)
  const shown = units.slice(first).map(([amount, unit]) => `${amount}${unit}`)
  return `${seconds < 0 ? '-' : ''}${shown.join(' ')}`
}
