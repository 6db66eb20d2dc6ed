import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { lineAt } from '../edits/source.ts'
import { fromRoot } from '../plan/app-files.ts'
import type { App, Project } from '../project/project.ts'

/** A line of a file, as findings show it: `apps/web/package.json:7`. */
export function placeOf(project: Pick<Project, 'root'>, path: string, line?: number): string {
  return line === undefined ? fromRoot(project, path) : `${fromRoot(project, path)}:${line}`
}

/** Where a key of a package.json stands: `['scripts', 'start']`. */
export function placeInManifest(
  project: Pick<Project, 'root'>,
  { manifest: { path, text } }: App,
  keys: readonly string[],
): string {
  const tree = parseTree(text)
  const node = tree && findNodeAtLocation(tree, [...keys])
  return placeOf(project, path, node && lineAt(text, node.offset))
}
