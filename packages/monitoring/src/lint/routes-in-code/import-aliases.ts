import { posix } from 'node:path'
import { listOf, recordOf, stringOf } from '../json.ts'

/** Paths, without their endings, that an import which is not relative may lead to. */
export type Aliases = (from: string, specifier: string) => readonly string[]

/** Reads the `imports` of each package.json, and the `paths` of each tsconfig.json, for the files below them. */
export function readAliases(files: ReadonlyMap<string, string>): Aliases {
  const rules = [...files].flatMap(([path, text]) => {
    const folder = posix.dirname(path)
    if (posix.basename(path) === 'package.json')
      return rulesOf(folder, folder, recordOf(readJson(text))['imports'])
    if (posix.basename(path) !== 'tsconfig.json') return []
    const options = recordOf(recordOf(readJson(text))['compilerOptions'])
    const base = posix.join(folder, stringOf(options['baseUrl']) ?? '.')
    return rulesOf(folder, base, options['paths'])
  })
  return (from, specifier) =>
    rules
      .filter(({ folder }) => folder === '.' || from.startsWith(`${folder}/`))
      .flatMap(({ pattern, target }) => {
        const [before = '', after = ''] = pattern.split('*')
        if (!pattern.includes('*')) return specifier === pattern ? [target] : []
        if (!specifier.startsWith(before) || !specifier.endsWith(after)) return []
        const middle = specifier.slice(before.length, specifier.length - after.length)
        return [target.replace('*', middle)]
      })
}

interface AliasRule {
  readonly folder: string
  readonly pattern: string
  readonly target: string
}

function rulesOf(folder: string, base: string, aliases: unknown): AliasRule[] {
  return Object.entries(recordOf(aliases)).flatMap(([pattern, targets]) =>
    textsOf(targets).map(target => ({ folder, pattern, target: posix.join(base, target) })),
  )
}

/** A target, one for each condition, or several to be tried. */
function textsOf(target: unknown): string[] {
  if (typeof target === 'string') return [target]
  return [...listOf(target), ...Object.values(recordOf(target))].flatMap(textsOf)
}

/** The JSON of a file that may have comments and commas behind the last item, as tsconfig.json may. */
function readJson(text: string): unknown {
  const plain = text
    .replaceAll(
      /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
      (_, quoted: string | undefined) => quoted ?? '',
    )
    .replaceAll(
      /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g,
      (_, quoted: string | undefined) => quoted ?? '',
    )
  try {
    return JSON.parse(plain)
  } catch {
    // Without its aliases, an import that uses one leads nowhere.
    return undefined
  }
}
