import { execFileSync } from 'node:child_process'

/** How much of the history of a folder one person wrote. */
export interface AuthorShare {
  readonly name: string
  readonly commits: number
}

/** As many of the last commits are counted: who wrote a folder long ago may be gone. */
const MOST_COMMITS = 1000
const MOST_AUTHORS = 3

/** Who made most of the last commits to a folder, without bots; nobody where there is no git, or no history. */
export function readAuthors(root: string, path: string): readonly AuthorShare[] {
  const counts = new Map<string, number>()
  for (const name of readNames(root, path)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, commits]) => ({ name, commits }))
    .toSorted((a, b) => b.commits - a.commits || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_AUTHORS)
}

function readNames(root: string, path: string): string[] {
  const args = ['log', '--no-show-signature', '--no-merges', `--max-count=${MOST_COMMITS}`]
  try {
    const log = execFileSync('git', [...args, '--format=%aN', '--', path === '' ? '.' : path], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    })
    // Some write their address as their name.
    return log.split('\n').filter(name => name !== '' && !/@|\[bot\]$/.test(name))
  } catch {
    // No git, no repository, or no commit: then nobody is suggested.
    return []
  }
}
