#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Runs what was built; in a checkout that was not, the sources, where Node can read them.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const built = new URL('../dist/main.js', import.meta.url)
const source = fileURLToPath(new URL('../src/main.ts', import.meta.url))

if (major < 22 || (major === 22 && minor < 15)) {
  fail(`throughline needs Node 22.15 or newer, and this is ${process.version}`)
} else if (existsSync(built)) {
  await import(built.href)
} else if (process.features.typescript && existsSync(source)) {
  const args = ['--conditions=@throughline/source', source, ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both; whoever ends this process alone means the other.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', code => {
    process.exitCode = code ?? 1
  })
} else {
  fail('throughline is not built: run `npm run build`, or use Node 24, which runs its sources')
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exitCode = 2
}
