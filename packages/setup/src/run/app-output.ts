import { stripVTControlCharacters } from 'node:util'

/** Addresses of this machine, as servers print them. */
const ADDRESS =
  /\b(?<scheme>https?):\/\/(?<host>localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(?<port>\d{2,5})/gi
const PORT = /\bport\b\D{0,12}?(?<port>\d{2,5})\b/gi

/** Where an application says that it listens. */
export interface PrintedAddress {
  readonly scheme: 'http' | 'https'
  readonly port: number
}

/** Addresses of this machine that an output holds, in order; then ports that it only names. */
export function findPrintedAddresses(output: string): readonly PrintedAddress[] {
  const text = plain(output)
  const addresses = [...text.matchAll(ADDRESS)].map(({ groups }): PrintedAddress => ({
    scheme: groups?.['scheme']?.toLowerCase() === 'https' ? 'https' : 'http',
    port: Number(groups?.['port']),
  }))
  const ports = [...text.matchAll(PORT)].map(({ groups }): PrintedAddress => ({
    scheme: 'http',
    port: Number(groups?.['port']),
  }))
  return [...addresses, ...ports]
}

/** What our packages say of themselves: lines that begin with `throughline:`, without that. */
export function findOurLines(output: string): readonly string[] {
  const lines = [...plain(output).matchAll(/^throughline: (?<said>.+)$/gm)]
  return [...new Set(lines.map(({ groups }) => groups?.['said']?.trimEnd() ?? ''))]
}

/** Packages that the start of ours has loaded, where `THROUGHLINE_DEBUG=1` lists them. */
export function findLoadedPackages(output: string): readonly string[] {
  return findOurLines(output).flatMap(
    line => /^loads (?<name>\S+)$/.exec(line)?.groups?.['name'] ?? [],
  )
}

/** Where the metrics of a service are. */
export interface MetricsPlace {
  readonly service: string
  readonly url: string
}

/** Metrics that our packages had to serve elsewhere than at the port that they were given. */
export function findMovedMetrics(output: string): readonly MetricsPlace[] {
  return findOurLines(output).flatMap(line => {
    const { service, url } =
      / is taken; the metrics of (?<service>.+) are at (?<url>\S+)$/.exec(line)?.groups ?? {}
    return service === undefined || url === undefined ? [] : [{ service, url }]
  })
}

/** Whether what restarts an application at each change says that it has ended by itself: `node --watch` and nodemon do. */
export const saysCrashed = (output: string): boolean =>
  /\bwaiting for (?:file )?changes before\b/i.test(plain(output))

/** The end of an output, for a person. */
export function lastLines(output: string, count = 15): string {
  return plain(output)
    .split(/\r?\n/)
    .filter(line => line.trim() !== '' && !line.startsWith('throughline: loads '))
    .slice(-count)
    .map(line => `  ${line.slice(0, 300)}`)
    .join('\n')
}

const plain = (output: string): string => stripVTControlCharacters(output)
