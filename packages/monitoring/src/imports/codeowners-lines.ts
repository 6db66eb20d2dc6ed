import type { Problem } from '@throughline/catalog'
import { CODEOWNERS_END, CODEOWNERS_START } from '../exports/codeowners.ts'

/** One line of a CODEOWNERS file that names files. */
export interface CodeownersEntry {
  /** `file:line:column`. */
  readonly at: string
  /** Without escapes. */
  readonly pattern: string
  readonly owners: readonly string[]
  /** Section of GitLab; what stands in another is decided apart. */
  readonly section: string
  /** Whether it stands in the block that the export wrote. */
  readonly generated: boolean
  /** The comment just above, in that block. */
  readonly comment: string | undefined
}

/** The entries of a CODEOWNERS file of GitHub or GitLab, and remarks on lines that say nothing. */
export function readCodeowners(
  text: string,
  file: string,
): { readonly entries: readonly CodeownersEntry[]; readonly remarks: readonly Problem[] } {
  const entries: CodeownersEntry[] = []
  const remarks: Problem[] = []
  let section: { readonly name: string; readonly owners: readonly string[] } = {
    name: '',
    owners: [],
  }
  let generated = false
  let comment: string | undefined
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const bare = line.trim()
    const at = `${file}:${index + 1}:${line.length - line.trimStart().length + 1}`
    if (bare === CODEOWNERS_START) generated = true
    else if (bare === CODEOWNERS_END) generated = false
    else if (bare.startsWith('#')) comment = generated ? bare.slice(1).trim() : undefined
    else if (bare !== '') {
      const header = readSection(bare)
      if (header !== undefined) section = header
      else if (bare.startsWith('!')) remarks.push(negated(at, bare))
      else {
        const [pattern = '', ...owners] = split(bare)
        entries.push({
          at,
          pattern: pattern.replaceAll(/\\(.)/g, '$1'),
          owners: owners.length === 0 ? section.owners : owners,
          section: section.name,
          generated,
          comment,
        })
      }
      comment = undefined
    }
  }
  return { entries, remarks }
}

/** `[Name]`, `^[Optional]`, `[Name][2] @default-owners`: section names are the same in any case. */
function readSection(line: string): { name: string; owners: string[] } | undefined {
  const { name, owners = '' } =
    /^\^?\[(?<name>[^\]]+)\](?:\[\d+\])?(?<owners>\s.*)?$/.exec(line)?.groups ?? {}
  return name === undefined ? undefined : { name: name.toLowerCase(), owners: split(owners) }
}

/** Words up to a comment, at spaces that no backslash escapes. */
function split(line: string): string[] {
  const words = line.split(/(?<!\\)\s+/).filter(word => word !== '')
  const comment = words.findIndex(word => word.startsWith('#'))
  return comment === -1 ? words : words.slice(0, comment)
}

const negated = (at: string, line: string): Problem => ({
  at,
  message: `"${line}" takes files out: GitHub ignores such a line, and a catalog has no word for it`,
  fix: 'list under paths what does belong to the service',
})
