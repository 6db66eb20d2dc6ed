import { basename } from 'node:path'
import { readSettings, settingsOf, type Setting } from '../doctor/settings.ts'
import type { App, Project } from '../project/project.ts'

/** Files that a developer's application reads, those first that win. */
const FILES = ['.env.development.local', '.env.local', '.env.development', '.env']

/** What an application finds set that its developer starts, what wins first: by its scripts, by `env`, and by its `.env` files. */
export function readRunSettings(
  app: App,
  project: Project,
  env: Readonly<Record<string, string | undefined>>,
): readonly Setting[] {
  const inFiles = readSettings(app, project)
  const inFile = (file: string): readonly Setting[] =>
    inFiles.filter(({ at = '' }) => basename(at.replace(/:\d+$/, '')) === file)
  return [...inFile('package.json'), ...settingsOf(env), ...FILES.flatMap(inFile)]
}

/** The setting that wins for a name; what is empty counts as unset. */
export const findSetting = (settings: readonly Setting[], name: string): Setting | undefined =>
  settings.find(setting => setting.name === name && setting.value.trim() !== '')
