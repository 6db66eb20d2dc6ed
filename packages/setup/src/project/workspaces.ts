import { globSync } from 'node:fs'
import { join, sep } from 'node:path'
import { readText } from '../plan/read-text.ts'
import type { Fields } from './manifest.ts'

/** Folders of the packages of a repository, as paths from its root, without the root itself. */
export function listWorkspaces(root: string, { workspaces }: Fields): readonly string[] {
  const patterns = [...patternsOf(workspaces), ...pnpmPatterns(root)].map(
    pattern => `${pattern}/package.json`,
  )
  const found = globSync(
    patterns.filter(pattern => !pattern.startsWith('!')),
    {
      cwd: root,
      exclude: [
        '**/node_modules/**',
        ...patterns.filter(pattern => pattern.startsWith('!')).map(pattern => pattern.slice(1)),
      ],
    },
  )
  const folders = found.map(path => path.split(sep).slice(0, -1).join('/'))
  return [...new Set(folders)].filter(path => path !== '').toSorted()
}

function patternsOf(workspaces: unknown): readonly string[] {
  const list = Array.isArray(workspaces)
    ? workspaces
    : (workspaces as { readonly packages?: unknown } | undefined)?.packages
  return Array.isArray(list) ? list.filter(item => typeof item === 'string') : []
}

/** The list `packages` of pnpm-workspace.yaml, in lines or in brackets. */
function pnpmPatterns(root: string): readonly string[] {
  const text = readText(join(root, 'pnpm-workspace.yaml')) ?? ''
  const list = /^\uFEFF?packages:\s*(?:\[([^\]]*)\]|((?:-[ \t].*\s*)+))/m.exec(
    text.replaceAll(/(^|\s)#.*$/gm, '$1'),
  )
  const inBrackets = list?.[1]?.split(',') ?? []
  const inLines = list?.[2]?.split(/\r?\n/).map(line => line.replace(/^\s*-\s/, '')) ?? []
  return [...inBrackets, ...inLines].map(unquote).filter(pattern => pattern !== '')
}

const unquote = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, '$2')
