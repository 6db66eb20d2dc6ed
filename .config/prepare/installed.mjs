// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem.mjs'

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {string} [resolved]
 * @property {boolean} [link]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 */

/** @typedef {Readonly<Record<string, LockEntry>>} LockEntries */

/** What npm writes as the very last step of an install. */
export const npmsOwnRecord = 'node_modules/.package-lock.json'

/** For which kind of machine we installed: a checkout may be shared between two, as with a container. */
export const machineRecord = 'node_modules/.throughline-machine'

/**
 * Why `node_modules` has to be installed anew, or `undefined` when it is what `package-lock.json` says.
 *
 * @param {string} root
 * @param {string} machine `platform-arch`
 * @returns {string | undefined}
 */
export function whyInstall(root, machine) {
  const locked = readLock(root)
  const installed = readEntries(join(root, npmsOwnRecord))
  if (installed === undefined) {
    const begun = existsSync(join(root, 'node_modules'))
    return begun ? 'an earlier install did not finish' : 'nothing is installed yet'
  }
  const madeFor = readText(join(root, machineRecord))
  if (madeFor !== undefined && madeFor !== machine)
    return `node_modules was installed for ${madeFor}`
  for (const [path, entry] of Object.entries(locked)) {
    const reason = path === '' ? undefined : whyStale(root, path, entry, installed[path])
    if (reason !== undefined) return reason
  }
  return undefined
}

/**
 * @param {string} root
 * @param {string} path
 * @param {LockEntry} wanted
 * @param {LockEntry | undefined} found
 */
function whyStale(root, path, wanted, found) {
  if (found === undefined) {
    return wanted.optional === true || wanted.devOptional === true
      ? undefined
      : `${path} is not installed`
  }
  if (found.version !== wanted.version || found.integrity !== wanted.integrity) {
    return `${path} is ${found.version}, and package-lock.json says ${wanted.version}`
  }
  const file = wanted.link === true ? path : join(path, 'package.json')
  return existsSync(join(root, file)) ? undefined : `${path} has been removed`
}

/**
 * How many of the packages that every machine needs are on disk.
 *
 * @param {string} root
 * @returns {{ done: number, all: number }}
 */
export function countInstalled(root) {
  const needed = Object.entries(readLock(root)).filter(
    ([path, entry]) =>
      path.includes('node_modules/') &&
      entry.link !== true &&
      entry.optional !== true &&
      entry.devOptional !== true,
  )
  const done = needed.filter(([path]) => existsSync(join(root, path, 'package.json')))
  return { done: done.length, all: needed.length }
}

/**
 * @param {string} root
 * @returns {LockEntries}
 */
function readLock(root) {
  const entries = readEntries(join(root, 'package-lock.json'))
  if (entries === undefined) {
    throw new Problem(
      'package-lock.json is missing or broken.',
      'Run `git checkout package-lock.json`.',
    )
  }
  return entries
}

/**
 * @param {string} path
 * @returns {LockEntries | undefined}
 */
function readEntries(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    // Absent and half-written are one case to the caller: there is nothing to go by.
    return undefined
  }
}

/** @param {string} path */
function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
