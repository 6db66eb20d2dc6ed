import type { Files } from './files.ts'

/** YAML files of compose/ that do not parse cleanly, each with what is wrong. */
export function listYamlProblems(files: Files): string[] {
  return listYamlBelow(files, 'compose').flatMap(path =>
    files.yamlProblems(path).map(problem => `${path}: ${problem}`),
  )
}

/** Every YAML file that a mount of `path` brings: itself, or all of a folder. */
export function listYamlBelow(files: Files, path: string): string[] {
  return files.paths.filter(
    file => file.endsWith('.yaml') && (file === path || file.startsWith(`${path}/`)),
  )
}

/** One value within a YAML or JSON file. */
export interface Entry {
  /** Key of the nearest map around it. */
  readonly key: string
  readonly value: unknown
}

/** Every value within, maps and lists included. */
export function* walk(value: unknown, key = ''): Generator<Entry> {
  yield { key, value }
  if (Array.isArray(value)) for (const item of value) yield* walk(item, key)
  else if (isMap(value)) for (const [name, item] of Object.entries(value)) yield* walk(item, name)
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
