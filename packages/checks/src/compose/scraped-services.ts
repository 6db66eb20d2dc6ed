import type { Files } from './files.ts'
import { listYamlBelow } from './yaml-files.ts'

/** Folders that name what Prometheus scrapes: apps on this machine, or in containers. */
export const ON_HOST = 'compose/prometheus/services-on-host'
export const IN_CONTAINERS = 'compose/prometheus/services-in-containers'

/** One address that Prometheus scrapes, under the name of its service in the catalog. */
export interface Target {
  readonly address: string
  readonly job: string | undefined
}

/** What the files of a folder have scraped. */
export function listTargets(files: Files, folder: string): Target[] {
  return listYamlBelow(files, folder).flatMap(path => {
    const groups = files.yaml(path) as readonly {
      readonly targets: readonly string[]
      readonly labels?: { readonly job?: string }
    }[]
    return groups.flatMap(({ targets, labels }) =>
      targets.map(address => ({ address, job: labels?.job })),
    )
  })
}
