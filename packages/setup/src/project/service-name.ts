import { join } from 'node:path'
import { readText } from '../plan/read-text.ts'
import type { Manifest } from './project.ts'
import { readCommands } from './script-words.ts'
import { isFile } from './source-files.ts'

const VARIABLE = 'OTEL_SERVICE_NAME'
const ENV_FILES = ['.env.local', '.env.production', '.env.development', '.env']

/** Name of the service of an application: as its scripts or `.env` files set it, else that of its package, as @throughline/node names it. */
export function readServiceName(folder: string, { scripts, name }: Manifest): string {
  const inScripts = Object.entries(scripts)
    .filter(([script]) => !script.startsWith('test'))
    .flatMap(([, command]) => readCommands(command))
    .map(({ env }) => env[VARIABLE])
  return [...inScripts, ...inEnvFiles(folder), name].find(isName) ?? 'unknown_service:node'
}

/** Whether a value is a name: what a shell fills in is not known. */
const isName = (value: string | undefined): value is string =>
  value !== undefined && /^[^$]+$/.test(value)

const inEnvFiles = (folder: string): readonly (string | undefined)[] =>
  ENV_FILES.map(file => join(folder, file))
    // Python keeps its packages in a folder of that name.
    .filter(isFile)
    .map(path => readText(path) ?? '')
    .map(
      text =>
        /^\s*(?:export\s+)?OTEL_SERVICE_NAME\s*=[ \t]*(["']?)([^"'#\r\n]+?)\1[ \t]*(?:#.*)?$/m.exec(
          text,
        )?.[2],
    )
