import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../checks/src/workspace.ts'
import { DOCUMENT, measurePackages, renderDocument } from './install-size.ts'
import { setUpWorkbench } from './workbench.ts'

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => interrupted.abort())

await using bench = await setUpWorkbench({
  packageManagers: ['npm'],
  signal: interrupted.signal,
  keeps: false,
})
const sizes = await measurePackages(bench)
writeFileSync(join(root, DOCUMENT), renderDocument(sizes))
for (const { name, packages, megabytes } of sizes)
  process.stdout.write(`${name}: ${packages} packages, ${megabytes.toFixed(1)} MB\n`)
process.stderr.write(`wrote ${DOCUMENT}\n`)
