import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { ThroughlineError } from '@throughline/conventions'
import { root } from './workspace.ts'

const execute = promisify(execFile)

/** A program that a test starts and that npm cannot bring. */
export interface DebianBinary {
  /** Absolute path of the program. */
  readonly path: string
  /** What to add to its environment, so that it finds the libraries that came with it. */
  readonly env: Readonly<Record<string, string>>
}

export interface DebianBinaryOptions {
  /** The Debian package that holds it. @default the name of the binary */
  readonly packageName?: string
  /** Where packages are unpacked, and kept for the next run. @default '.throughline/debian' in the checkout */
  readonly folder?: string
  /** Where to look before anything is fetched. @default process.env.PATH */
  readonly searchPath?: string
}

/**
 * Gives a program that tests need: from PATH, else unpacked from its Debian package and those that it depends on.
 *
 * Needs no root and installs nothing: packages are downloaded and unpacked below the checkout, once. On a system
 * without apt it throws and says what to install; a test that needs the program then fails, and is never skipped.
 */
export async function ensureDebianBinary(
  binary: string,
  {
    packageName = binary,
    folder = join(root, '.throughline/debian'),
    searchPath = process.env['PATH'] ?? '',
  }: DebianBinaryOptions = {},
): Promise<DebianBinary> {
  const installed = await findIn(searchPath.split(delimiter), binary)
  if (installed !== undefined) return { path: installed, env: {} }
  const unpacked = join(folder, packageName)
  const found = (await findUnpacked(unpacked, binary)) ?? (await fetch())
  const libraries = await listLibraryFolders(unpacked)
  const env = libraries.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.join(delimiter) }
  await checkLibraries(found, env)
  return { path: found, env }

  async function fetch(): Promise<string> {
    await fetchPackage(packageName, binary, unpacked)
    const path = await findUnpacked(unpacked, binary)
    if (path !== undefined) return path
    throw cannotGet(binary, `The Debian package ${packageName} holds no ${binary}`)
  }
}

async function fetchPackage(packageName: string, binary: string, target: string): Promise<void> {
  for (const tool of ['apt-get', 'dpkg']) {
    if ((await findInPath(tool)) === undefined) {
      throw cannotGet(binary, `There is no ${binary} in PATH, and no ${tool} to fetch it with`)
    }
  }
  process.stderr.write(`fetching ${packageName} and what it depends on from Debian, once\n`)
  await mkdir(join(target, '..'), { recursive: true })
  const work = await mkdtemp(`${target}.`)
  try {
    await download(packageName, binary, work)
    await rename(join(work, 'unpacked'), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
      // Another process has unpacked the same package in the meantime.
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Downloads by the machine's own package lists; where there are none, or old ones, by lists fetched for this. */
async function download(packageName: string, binary: string, work: string): Promise<void> {
  const lists = join(work, 'lists')
  await mkdir(join(lists, 'partial'), { recursive: true })
  const ownLists = ['-o', `Dir::State::Lists=${lists}`, '-o', 'Dir::Cache::pkgcache=']
  const failures: string[] = []
  for (const options of [[], ownLists]) {
    try {
      if (options.length > 0) await apt(work, [...options, 'update'])
      await unpackAll(packageName, options, work)
      return
    } catch (error) {
      failures.push(describe(error))
    }
  }
  throw cannotGet(binary, `apt-get could not fetch ${packageName}: ${failures.join('; then ')}`)
}

async function unpackAll(
  packageName: string,
  options: readonly string[],
  work: string,
): Promise<void> {
  const plan = ['--simulate', '--no-install-recommends', 'install', packageName]
  const { stdout } = await apt(work, [...options, ...plan])
  const missing = [...stdout.matchAll(/^Inst (?<name>\S+)/gm)].map(match => match.groups?.['name'])
  const names = new Set([packageName, ...missing.filter(name => name !== undefined)])
  await apt(work, [...options, 'download', ...names])
  const unpacked = join(work, 'unpacked')
  const archives = (await readdir(work)).filter(name => name.endsWith('.deb'))
  for (const archive of archives) await execute('dpkg', ['-x', join(work, archive), unpacked])
}

async function apt(cwd: string, args: readonly string[]): Promise<{ readonly stdout: string }> {
  const options = ['-qq', '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=']
  return await execute('apt-get', [...options, ...args], { cwd, maxBuffer: 64 * 1024 ** 2 })
}

async function findUnpacked(unpacked: string, binary: string): Promise<string | undefined> {
  const folders = ['usr/bin', 'usr/sbin', 'bin', 'sbin', 'usr/games']
  return await findIn(
    folders.map(name => join(unpacked, name)),
    binary,
  )
}

/** Path of a program that is installed. */
export async function findInPath(binary: string): Promise<string | undefined> {
  return await findIn((process.env['PATH'] ?? '').split(delimiter), binary)
}

async function findIn(folders: readonly string[], binary: string): Promise<string | undefined> {
  for (const folder of folders.filter(Boolean)) {
    const path = join(folder, binary)
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (usable) return path
  }
  return undefined
}

/** Debian keeps libraries in a folder an architecture, e.g. `usr/lib/x86_64-linux-gnu`. */
async function listLibraryFolders(unpacked: string): Promise<string[]> {
  const folders: string[] = []
  for (const parent of ['usr/lib', 'lib']) {
    const names = await readdir(join(unpacked, parent)).catch(() => [])
    const architectures = names.filter(name => name.includes('-linux-'))
    folders.push(...architectures.map(name => join(unpacked, parent, name)))
  }
  return folders
}

async function checkLibraries(path: string, env: Readonly<Record<string, string>>): Promise<void> {
  const { stdout } = await execute('ldd', [path], { env: { ...process.env, ...env } }).catch(
    () => ({ stdout: '' }), // A script is no dynamic executable, and needs no libraries of its own.
  )
  const missing = [...stdout.matchAll(/^\s*(?<name>\S+) => not found/gm)]
  if (missing.length === 0) return
  const names = missing.map(match => match.groups?.['name']).join(', ')
  throw cannotGet(path, `${path} lacks ${names}`)
}

function cannotGet(binary: string, message: string): ThroughlineError {
  return new ThroughlineError(message, {
    code: 'BINARY_NOT_FOUND',
    fix: `Install ${binary} with your package manager so that it is in PATH, or connect a Debian machine to its mirror.`,
  })
}

function describe(error: unknown): string {
  const { stderr = '', message } = error as Error & { readonly stderr?: string }
  return stderr.trim() === '' ? message : stderr.trim().replaceAll('\n', ' ')
}
