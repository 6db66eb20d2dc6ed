import { createRequire } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import { listLoadedPackages } from './loaded-packages.ts'
import { runsApplication } from './application-process.ts'

// Everything else is required, not imported: an import would be loaded before this line, unseen by the listing.
if (isMainThread && runsApplication(process.argv[1])) {
  const stopListing = process.env['THROUGHLINE_DEBUG'] === '1' ? listLoadedPackages() : undefined
  const require = createRequire(import.meta.url)
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const { startFromCommandLine } = require(
    `./command-line.${extension}`,
  ) as typeof import('./command-line.ts')
  startFromCommandLine()
  stopListing?.()
}
