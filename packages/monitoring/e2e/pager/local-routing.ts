import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

/** Where the generated configuration expects secrets. */
const SECRETS = '/run/secrets/'
/** Alertmanager waits for more alerts before it tells of some: for minutes, which no test needs to. */
const WAITS: Readonly<Record<string, string>> = { group_wait: '1s', group_interval: '2s' }

interface Config {
  readonly global?: object
}

/** What a file of a secret holds here: the name of the secret; an address below `url` where an address is wanted. */
export const secretOf = (name: string): string => `secret of ${name}`

/**
 * A generated configuration of Alertmanager for this machine: secrets from files in `folder`, which it writes, everything
 * sent to `url`, and at once. Routes, receivers and what they say stay as they are.
 */
export async function localizeRouting(text: string, url: string, folder: string): Promise<string> {
  const secrets = new Map<string, string>()
  const config = rewrite(parse(text), (key, value) => {
    if (!value.startsWith(SECRETS)) return WAITS[key] ?? value
    const name = value.slice(SECRETS.length)
    secrets.set(name, key.endsWith('url_file') ? `${url}/${name}` : secretOf(name))
    return join(folder, name)
  }) as Config
  for (const [name, secret] of secrets) await writeFile(join(folder, name), secret)
  return stringify({ ...config, global: { ...config.global, pagerduty_url: `${url}/pagerduty` } })
}

/** A copy in which every text is what `change` gives for it and the key that it stands under. */
function rewrite(
  node: unknown,
  change: (key: string, value: string) => string,
  key: string = '',
): unknown {
  if (typeof node === 'string') return change(key, node)
  if (Array.isArray(node)) return node.map(item => rewrite(item, change, key))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, rewrite(value, change, name)]),
  )
}
