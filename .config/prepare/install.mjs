// @ts-check
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.mjs'
import { checkInstaller, machineEnvironment } from './environment.mjs'
import { countInstalled, machineRecord, npmsOwnRecord, whyInstall } from './installed.mjs'
import { Problem } from './problem.mjs'
import { elapsed, heartbeat, say } from './talk.mjs'

/** @typedef {import('./main.mjs').Context} Context */

/** What npm's failures mean to the reader; the first pattern that its output matches speaks. */
const failures = [
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/,
    message: 'npm cannot reach its registry.',
    fix: 'Connect to the network (behind a proxy or a mirror: `npm config set proxy …`, `npm config set registry …`) and run this again.',
  },
  {
    pattern: /EUSAGE/,
    message: 'A package.json and package-lock.json disagree.',
    fix: 'Run `npm install` and commit package-lock.json.',
  },
  {
    pattern: /ENOSPC/,
    message: 'The disk is full.',
    fix: 'Free 2 GB and run this again.',
  },
  {
    pattern: /EACCES|EPERM|EROFS/,
    message: 'npm may not write here.',
    fix: "Make the checkout and npm's cache folder (`npm config get cache`) yours, and run this again.",
  },
  {
    pattern: /E404|ETARGET/,
    message: 'The registry that npm uses lacks one of the pinned packages.',
    fix: 'Use a registry that has it (`npm config get registry` says which one is used).',
  },
]

/**
 * Makes `node_modules` what `package-lock.json` says. Does nothing when it is already.
 *
 * @param {Context} context
 */
export async function install({ root, signal, lock }) {
  const machine = `${process.platform}-${process.arch}`
  const reason = whyInstall(root, machine)
  if (reason === undefined) return
  await checkInstaller(root, signal)
  say(`installing packages, because ${reason} (usually 1 to 2 minutes, 1 GB)`)
  const started = performance.now()
  // npm writes this file last. Without it, an install that is cut short is seen as such by the next run.
  rmSync(join(root, npmsOwnRecord), { force: true })
  const quiet = heartbeat(10_000, () => {
    const { done, all } = countInstalled(root)
    return `installing: ${done} of ${all} packages, ${elapsed(started)}`
  })
  const { code, output } = await run(
    'npm',
    ['ci', '--include=dev', '--include=optional', '--no-json', '--loglevel=error'],
    {
      cwd: root,
      env: machineEnvironment(root),
      signal,
      onStart: pid => lock.noteChild(pid),
    },
  ).finally(quiet)
  if (code !== 0) throw explain(`\`npm ci\` failed with code ${code}.`, output)
  writeFileSync(join(root, machineRecord), machine)
  say(`installed in ${elapsed(started)}`)
}

/**
 * Makes `node_modules/.bin/node` the version that the root package.json pins.
 *
 * The `node` package fetches its binary in an install script of its own, which the lock file does not cover.
 *
 * @param {Context} context
 */
export async function checkPinnedNode({ root, signal, lock }) {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies?.node
  if (wanted === undefined) return
  const found = await pinnedVersion(root, signal)
  if (found === wanted) return
  say(
    `node_modules/.bin/node ${found === '' ? 'does not run' : `is ${found}`}; fetching Node ${wanted}`,
  )
  const { output } = await run(
    'npm',
    ['rebuild', 'node', '--ignore-scripts=false', '--no-json', '--loglevel=error'],
    {
      cwd: root,
      env: machineEnvironment(root),
      signal,
      onStart: pid => lock.noteChild(pid),
    },
  )
  if ((await pinnedVersion(root, signal)) === wanted) return
  throw explain(
    `node_modules/.bin/node is not Node ${wanted}, and \`npm rebuild node\` did not mend it.`,
    output,
  )
}

/**
 * @param {string} root
 * @param {AbortSignal} signal
 */
async function pinnedVersion(root, signal) {
  const binary = join(root, 'node_modules', '.bin', 'node')
  const { code, output } = await run(binary, ['--version'], { cwd: root, signal, quiet: true })
  return code === 0 ? output.trim().replace(/^v/, '') : ''
}

/**
 * @param {string} what
 * @param {string} output
 */
function explain(what, output) {
  const known = failures.find(({ pattern }) => pattern.test(output))
  if (known === undefined) {
    return new Problem(what, 'Read what npm said above, delete node_modules and run this again.')
  }
  return new Problem(`${what} ${known.message}`, known.fix)
}
