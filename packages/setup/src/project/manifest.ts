import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { join } from 'node:path'
import { readText } from '../plan/read-text.ts'
import type { Manifest } from './project.ts'

/** A package.json with all that it says, or where it is broken. */
export type ReadManifest =
  | { readonly ok: true; readonly manifest: Manifest; readonly fields: Fields }
  | { readonly ok: false; readonly why: string }

/** Fields of a package.json that say more than what it needs and runs. */
export interface Fields {
  readonly type?: unknown
  readonly main?: unknown
  readonly workspaces?: unknown
  readonly packageManager?: unknown
}

/** Reads the package.json of a folder; undefined where there is none. */
export function readManifest(folder: string): ReadManifest | undefined {
  const path = join(folder, 'package.json')
  let text: string | undefined
  try {
    text = readText(path)
  } catch (error) {
    return { ok: false, why: `it cannot be read: ${(error as NodeJS.ErrnoException).code}` }
  }
  if (text === undefined) return undefined
  const errors: ParseError[] = []
  const value: unknown = parse(text.replace(/^\uFEFF/, ' '), errors, { disallowComments: true })
  const [error] = errors
  if (error !== undefined) {
    const before = text.slice(0, error.offset).split('\n')
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
    return { ok: false, why: `it is no JSON: ${place}: ${printParseErrorCode(error.error)}` }
  }
  if (!isObject(value)) return { ok: false, why: 'it holds no object' }
  const { name } = value
  return {
    ok: true,
    fields: value,
    manifest: {
      path,
      text,
      name: typeof name === 'string' && name !== '' ? name : undefined,
      scripts: textsOf(value['scripts']),
      dependencies: { ...textsOf(value['devDependencies']), ...textsOf(value['dependencies']) },
    },
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textsOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}
