// @ts-check
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './child.mjs'
import { pinnedEnvironment } from './environment.mjs'
import { Problem } from './problem.mjs'
import { elapsed, say } from './talk.mjs'

/** @typedef {import('./main.mjs').Context} Context */

const bundled = '@throughline/next'
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
    const script = JSON.parse(readFileSync(join(root, 'packages/next/package.json'), 'utf8'))
      .scripts?.bundle
    if (script !== undefined && fingerprint(root, script) !== readRecord(root)) {
      await step('npm', ['run', 'bundle', '-w', bundled, '--silent'])
      mkdirSync(join(root, dirname(bundleRecord)), { recursive: true })
      writeFileSync(join(root, bundleRecord), fingerprint(root, script))
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
 * Changes when anything that the bundles are made of, or the bundles themselves, changes.
 *
 * @param {string} root
 * @param {string} script
 */
function fingerprint(root, script) {
  const hash = createHash('sha256').update(script)
  hash.update(readFileSync(join(root, 'package-lock.json')))
  const own = join(root, 'packages/next')
  for (const name of readdirSync(join(root, 'packages')).toSorted()) {
    addFiles(join(root, 'packages', name, 'dist'))
  }
  for (const name of readdirSync(own).toSorted()) addFile(join(own, name))
  addFiles(join(own, 'src'))
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
