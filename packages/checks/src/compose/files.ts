import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument, type Document } from 'yaml'
import { listFiles, readText } from '../files.ts'
import { root } from '../workspace.ts'

/** Files of the checkout, by their paths in it. */
export interface Files {
  readonly paths: readonly string[]
  /** Whether a path is a file, or a folder that holds any. */
  has(path: string): boolean
  /** Throws when there is no such file. */
  text(path: string): string
  /** The value of a YAML file, anchors and merge keys resolved. */
  yaml(path: string): unknown
  /** What a YAML file says that no one can read, or that no one should write. */
  yamlProblems(path: string): readonly string[]
}

/** What the stack mounts, and what is held against it. */
const FOLDERS = ['compose', 'alerts', 'dashboards']
const SINGLE_FILES = ['package.json', 'examples/ownership.yaml', 'examples/database/package.json']

/** Reads every file of compose/, what it mounts from elsewhere, and what it has to agree with. */
export function readComposeFiles(): ReadonlyMap<string, string> {
  const folders = FOLDERS.filter(folder => existsSync(join(root, folder)))
  const paths = [...folders.flatMap(folder => listFiles(folder)), ...SINGLE_FILES]
  return new Map(paths.map(path => [path, readText(path)]))
}

/** Files of these texts; each is parsed once, when it is first asked for. */
export function createFiles(texts: ReadonlyMap<string, string>): Files {
  const documents = new Map<string, Document>()
  const values = new Map<string, unknown>()
  const text = (path: string): string => {
    const found = texts.get(path)
    if (found === undefined) throw new Error(`${path} is missing`)
    return found
  }
  const parse = (path: string): Document => {
    const parsed = documents.get(path) ?? parseDocument(text(path), { merge: true })
    documents.set(path, parsed)
    return parsed
  }
  const paths = [...texts.keys()]
  return {
    paths,
    text,
    has: path => texts.has(path) || paths.some(file => file.startsWith(`${path}/`)),
    yaml(path) {
      const value = values.get(path) ?? parse(path).toJS()
      values.set(path, value)
      return value
    },
    yamlProblems(path) {
      const { errors, warnings } = parse(path)
      return [...errors, ...warnings].map(({ message }) => message.split('\n')[0] ?? '')
    },
  }
}
