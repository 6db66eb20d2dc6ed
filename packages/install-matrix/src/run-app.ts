import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startCollector } from '@throughline/testing'
import type { App } from './app.ts'
import { type CommandOptions, mustRun } from './command.ts'
import { compareTrace, servicesOf } from './compare-trace.ts'
import { checkChanges } from './expected-changes.ts'
import { isLockFile, listBytes, listDifferences } from './listing.ts'
import { installCommand, scriptCommand } from './package-commands.ts'
import { startApp } from './running-app.ts'
import type { Workbench } from './workbench.ts'

/** What became of an application. */
export interface Outcome {
  readonly app: App
  /** Seconds of each step that was begun. */
  readonly seconds: ReadonlyMap<string, number>
  /** What went wrong, after which nothing was tried; undefined when all is as it must be. */
  readonly failure: string | undefined
  /** What is no failure, and still worth a line. */
  readonly notes: readonly string[]
}

/**
 * Makes an application, puts Throughline in, looks at the trace of a request, takes Throughline out, and compares the bytes.
 *
 * Rejects only when the bench's signal says so: what goes wrong is in the outcome.
 */
export async function runApp(app: App, bench: Workbench): Promise<Outcome> {
  const seconds = new Map<string, number>()
  const notes: string[] = []
  const step: Step = async (name, work) => {
    const started = performance.now()
    try {
      return await work()
    } catch (error) {
      bench.signal.throwIfAborted()
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
    } finally {
      seconds.set(name, (performance.now() - started) / 1000)
    }
  }
  try {
    await runSteps(app, bench, step, note => notes.push(note))
    return { app, seconds, notes, failure: undefined }
  } catch (error) {
    bench.signal.throwIfAborted()
    return { app, seconds, notes, failure: (error as Error).message }
  }
}

type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>

async function runSteps(
  app: App,
  bench: Workbench,
  step: Step,
  note: (text: string) => void,
): Promise<void> {
  const folder = join(bench.folder, 'apps', app.name)
  const shell = { cwd: folder, env: bench.environmentFor(app.packageManager), signal: bench.signal }
  const build = async (): Promise<void> => {
    if (app.build !== undefined) await mustRun(scriptCommand(app.packageManager, app.build), shell)
  }
  const throughline = (...args: readonly string[]): Promise<string> =>
    mustRun(['npx', '--yes', 'throughline', ...args], shell)

  await step('make', () => make(app, shell))
  await step('install', () => mustRun(installCommand(app.packageManager), shell))
  await step('build', build)
  // What an application's own build writes, such as Next.js into tsconfig.json, is there before we come.
  const original = await listBytes(shell)
  await step('init', () => throughline('init', '--yes'))
  const installed = await listBytes(shell)
  checkChanges(app, listDifferences(original, installed))
  await step('build again', build)
  await step('trace', () => lookAtTrace(app, shell))
  await step('init again', () => throughline('init', '--yes', '--no-run'))
  const changed = listDifferences(installed, await listBytes(shell))
  if (changed.length > 0) throw new Error(`a second init changed ${changed.join(', ')}`)
  await step('doctor', () => throughline('doctor', '--json', '--no-run'))
  await step('uninstall', () => throughline('uninstall', '--yes'))
  const left = listDifferences(original, await listBytes(shell))
  const files = left.filter(path => !isLockFile(path))
  if (files.length > 0) throw new Error(`uninstall left another ${files.join(', ')}`)
  if (left.length > 0) note(`the lock file is another: ${left.join(', ')}`)
}

async function make(app: App, shell: CommandOptions): Promise<void> {
  const { cwd: folder, env, signal } = shell
  await mkdir(folder, { recursive: true })
  const npm = { ...env, npm_config_user_agent: 'npm' }
  await app.make({
    folder,
    generate: async (cwd, packageName, ...args) => {
      await mustRun(['npx', '--yes', packageName, ...args], { cwd, env: npm, signal })
    },
  })
  const author = ['-c', 'user.name=Installs', '-c', 'user.email=installs@localhost']
  await mustRun(['git', 'init', '--quiet'], shell)
  await mustRun(['git', 'add', '--all'], shell)
  await mustRun(['git', ...author, 'commit', '--quiet', '--message', 'Begin'], shell)
}

async function lookAtTrace(app: App, shell: CommandOptions): Promise<void> {
  await using collector = await startCollector()
  await using running = await startApp(app, { ...shell, env: { ...shell.env, ...collector.env } })
  const response = await fetch(running.url + app.request)
  await response.text()
  if (!response.ok)
    throw new Error(`${app.request} answered ${response.status}:\n${running.output()}`)
  try {
    await collector.waitForTrace({
      root: app.trace.root,
      until: trace => String(servicesOf(trace)) === String(app.trace.services),
    })
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${running.output()}`, { cause: error })
  }
  compareTrace(app.trace, collector.traces())
}
