// Run in a fresh process: what an application's start pays for its catalog, in milliseconds.
const started = performance.now()
const { createResolver, readCatalog } = await import('@throughline/catalog')
const imported = performance.now()
const parsed = readCatalog(process.argv[2])
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
createResolver(parsed.value)
const read = performance.now()
process.stdout.write(JSON.stringify({ import: imported - started, read: read - imported }))
