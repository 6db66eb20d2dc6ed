import type { OutgoingHttpHeaders, RequestOptions } from 'node:http'

/**
 * Writes headers that are given to node:http as a list, names and values in turn or in pairs, as an object.
 *
 * OpenTelemetry's instrumentation adds to what it takes for an object, and would send a list by its indices.
 */
export function spellOutHeaders(options: RequestOptions): void {
  if (!Array.isArray(options.headers)) return
  const list: readonly unknown[] = options.headers
  const flat = Array.isArray(list[0]) ? list.flat() : list
  const headers = new Map<string, [name: string, values: string[]]>()
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const name = String(flat[at])
    const [, values] = headers.get(name.toLowerCase()) ?? [name, []]
    values.push(String(flat[at + 1]))
    headers.set(name.toLowerCase(), [name, values])
  }
  const spelled: OutgoingHttpHeaders = {}
  for (const [name, values] of headers.values())
    spelled[name] = values.length === 1 ? values[0] : values
  options.headers = spelled
}
