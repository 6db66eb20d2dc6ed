// @ts-check
import { statfsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './child.mjs'
import { Problem } from './problem.mjs'

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']
const oldestNode = 20
const oldestNpm = 10
const diskBytes = 2 * 1024 ** 3

/** @typedef {{ platform: string, arch: string, glibc: boolean }} Machine */

/**
 * The machine that this process runs on.
 *
 * @returns {Machine}
 */
export function thisMachine() {
  const { platform, arch } = process
  if (platform !== 'linux') return { platform, arch, glibc: false }
  // Without this, the report looks up the name of every peer that we have a connection to.
  Object.assign(process.report, { excludeNetwork: true })
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  )
  return { platform, arch, glibc: report.header.glibcVersionRuntime !== undefined }
}

/**
 * Throws when the real PostgreSQL and the pinned Node do not exist for `machine`.
 *
 * @param {Machine} machine
 */
export function checkPlatform({ platform, arch, glibc }) {
  const name = `${platform}-${arch}`
  if (platform === 'win32') {
    throw new Problem(
      'Windows is not supported directly.',
      'Run this inside WSL 2 (`wsl --install`).',
    )
  }
  if (!platforms.includes(name)) {
    throw new Problem(`${name} is not supported.`, `Use one of ${platforms.join(', ')}.`)
  }
  if (platform === 'linux' && !glibc) {
    throw new Problem(
      'This Linux has no glibc (Alpine and other musl systems do not).',
      'Use a Debian, Ubuntu or Fedora machine or image: PostgreSQL and Node come as glibc builds.',
    )
  }
}

/**
 * The environment in which npm runs on the machine's own Node: an install deletes the pinned one under its feet.
 *
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function machineEnvironment(root) {
  const ours = join(root, 'node_modules', '.bin')
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== ours)
  return { ...process.env, PATH: path.join(delimiter) }
}

/**
 * The environment in which every command runs on the pinned Node.
 *
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function pinnedEnvironment(root) {
  const path = process.env['PATH'] ?? ''
  return { ...process.env, PATH: join(root, 'node_modules', '.bin') + delimiter + path }
}

/**
 * Throws when an install cannot work here, before it deletes anything.
 *
 * @param {string} root
 * @param {AbortSignal} signal
 */
export async function checkInstaller(root, signal) {
  const options = { cwd: root, env: machineEnvironment(root), signal, quiet: true }
  const node = await run('node', ['--version'], options)
  if (node.code !== 0 || majorOf(node.output) < oldestNode) {
    const found =
      node.code === 127 ? 'There is no node in PATH.' : `Node ${node.output.trim()} is too old.`
    throw new Problem(
      found,
      `Install Node ${oldestNode} or newer (it brings npm) from https://nodejs.org.`,
    )
  }
  const npm = await run('npm', ['--version', '--loglevel=silent'], options)
  if (npm.code !== 0 || majorOf(npm.output) < oldestNpm) {
    const found =
      npm.code === 127 ? 'There is no npm in PATH.' : `npm ${npm.output.trim()} is too old.`
    throw new Problem(
      found,
      `Install npm ${oldestNpm} or newer: Node ${oldestNode} and later bring it.`,
    )
  }
  const disk = statfsSync(root)
  if (disk.bavail * disk.bsize < diskBytes) {
    const free = Math.floor((disk.bavail * disk.bsize) / 1024 ** 2)
    throw new Problem(
      `Only ${free} MB of disk are free.`,
      'Free 2 GB: packages, builds and a database need it.',
    )
  }
}

/** @param {string} version */
function majorOf(version) {
  return Number(/^v?(\d+)\./.exec(version.trim())?.[1] ?? 0)
}
