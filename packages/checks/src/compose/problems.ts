import { listAddressProblems } from './addresses.ts'
import type { Files } from './files.ts'
import { listGrafanaProblems } from './grafana.ts'
import { listHardeningProblems } from './hardening.ts'
import { listImageProblems } from './images.ts'
import { listMountProblems } from './mounts.ts'
import { listPortProblems } from './ports.ts'
import { listSamplingProblems } from './sampling.ts'
import { listScrapingProblems } from './scraping.ts'
import { listSecretProblems } from './secrets.ts'
import { listStacks } from './stack.ts'
import { listYamlProblems } from './yaml-files.ts'

/** All that is wrong with compose/, each with the file and the service; a file that does not parse hides the rest. */
export function listComposeProblems(files: Files): string[] {
  const unreadable = listYamlProblems(files)
  if (unreadable.length > 0) return unreadable
  const stacks = listStacks(files)
  const problems = [
    ...listImageProblems(files),
    ...listPortProblems(files, stacks),
    ...stacks.flatMap(listMountProblems),
    ...stacks.flatMap(listAddressProblems),
    ...stacks.flatMap(listHardeningProblems),
    ...listScrapingProblems(files),
    ...listSamplingProblems(files),
    ...listGrafanaProblems(files),
    ...listSecretProblems(files),
  ]
  return [...new Set(problems)]
}
