// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './child.mjs'
import { pinnedEnvironment } from './environment.mjs'
import { Problem } from './problem.mjs'
import { elapsed, say } from './talk.mjs'

/** @typedef {import('./main.mjs').Context} Context */

const bundleRecord = '.throughline/bundle'

/**
 * Builds the packages whose sources are newer than what was built, and the bundles made of them.
 *
 * @param {Context} context
 */
export async function build({ root, signal, lock }) {
  const started = performance.now()
  const telling = setTimeout(() => say('building packages (usually under 20 s)'), 500)
  try {
    await step('tsc', ['-b', '.config/tsconfig.json'])
    const packages = bundledPackages(root)
    if (packages.length > 0 && fingerprint(root, packages) !== readRecord(root)) {
      await step('npm', ['run', 'bundle', '--workspaces', '--if-present', '--silent'])
      mkdirSync(join(root, dirname(bundleRecord)), { recursive: true })
      writeFileSync(join(root, bundleRecord), fingerprint(root, packages))
    }
  } finally {
    clearTimeout(telling)
  }
  const took = performance.now() - started
  if (took > 500) say(`built in ${elapsed(started)}`)

  /**
   * @param {string} command
   * @param {readonly string[]} args
   */
  async function step(command, args) {
    const { code } = await run(command, args, {
      cwd: root,
      env: pinnedEnvironment(root),
      signal,
      onStart: pid => lock.noteChild(pid),
    })
    if (code === 0) return
    throw new Problem(
      `The build failed: \`${[command, ...args].join(' ')}\` ended with ${code}.`,
      'Mend what it says above.',
    )
  }
}

/**
 * Folders of the packages that have a bundle.
 *
 * @param {string} root
 */
function bundledPackages(root) {
  return readdirSync(join(root, 'packages'), { withFileTypes: true })
    .map(entry => join(root, 'packages', entry.name))
    .filter(folder => readManifest(folder)?.scripts?.bundle !== undefined)
    .toSorted()
}

/** @param {string} folder */
function readManifest(folder) {
  const path = join(folder, 'package.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/**
 * Changes when anything that the bundles are made of, or the bundles themselves, changes.
 *
 * @param {string} root
 * @param {readonly string[]} bundled
 */
function fingerprint(root, bundled) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const name of readdirSync(join(root, 'packages')).toSorted()) {
    addFiles(join(root, 'packages', name, 'dist'))
  }
  for (const folder of bundled) {
    for (const name of readdirSync(folder).toSorted()) addFile(join(folder, name))
    for (const sources of ['src', 'page']) addFiles(join(folder, sources))
  }
  return hash.digest('hex')

  /** @param {string} folder */
  function addFiles(folder) {
    if (!existsSync(folder)) return
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
    for (const name of names) addFile(join(folder, name))
  }

  /** @param {string} file */
  function addFile(file) {
    const found = statSync(file)
    if (found.isFile()) hash.update(`${file} ${found.size} ${found.mtimeMs}\n`)
  }
}

/** @param {string} root */
function readRecord(root) {
  const path = join(root, bundleRecord)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
