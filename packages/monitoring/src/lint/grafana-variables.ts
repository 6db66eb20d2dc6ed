/** What Grafana fills in by itself, with a value that it could have. A longer name stands before one that it begins with. */
const BUILT_IN: readonly (readonly [RegExp, string])[] = [
  [/\$(?:__rate_interval|\{__rate_interval\})/g, '1m'],
  [/\$(?:__interval_ms|\{__interval_ms\}|__range_ms|\{__range_ms\})/g, '60000'],
  [/\$(?:__range_s|\{__range_s\})/g, '3600'],
  [/\$(?:__interval|\{__interval\}|__auto|\{__auto\})/g, '1m'],
  [/\$(?:__range|\{__range\})/g, '1h'],
]

/** A query of a panel as it could be sent: built-in variables replaced. A dashboard's own stand in quotes, and stay. */
export function fillVariables(query: string): string {
  return BUILT_IN.reduce((text, [variable, value]) => text.replaceAll(variable, value), query)
}
