import { parseCatalog, renderProblems } from '@throughline/catalog'
import {
  compileOwnership,
  compileRules,
  diffOwnership,
  type Ownership,
  renderDiffMarkdown,
  renderDiffText,
} from '@throughline/monitoring'
import { type Call, CATALOG_OPTION, type Command, EXIT, toJson, valueOf } from '../command.ts'
import { readAtRef } from '../git.ts'
import { openCatalog } from '../open-catalog.ts'

export const command: Command = {
  synopsis: '<git-ref>',
  arity: [1, 1],
  help: [
    'Compares the catalog as it was at a branch, tag or commit with the one that is here: which routes, roles, queues and dependencies move from which team to which, with every alert, receiver and dashboard that moves with them, and who must approve.',
    'For a comment on a pull request: throughline owners diff origin/main --format md',
  ],
  options: {
    format: { value: 'FORMAT', choices: ['text', 'md', 'json'], says: 'text is the default' },
    ...CATALOG_OPTION,
  },
  run: diff,
}

async function diff(call: Call): Promise<number> {
  const { terminal, args } = call
  const opened = openCatalog(call)
  if (opened === undefined) return EXIT.findings
  const [ref = ''] = args
  const { path, file, ownership } = opened
  const earlier = await readAtRef(path, ref)
  if (earlier === undefined) terminal.err(`${file} is not there at ${ref}: all of it is new\n`)
  // What has expired since then was right at the time.
  const parsed =
    earlier === undefined ? undefined : parseCatalog(earlier, { file, expiry: 'ignore' })
  if (parsed?.ok === false) {
    terminal.err(`the catalog at ${ref} cannot be read\n${renderProblems(parsed.problems)}`)
    return EXIT.findings
  }
  const before = parsed && versionOf(compileOwnership(parsed.value))
  const found = diffOwnership(before, versionOf(ownership))
  switch (valueOf(call, 'format')) {
    case 'json':
      terminal.out(toJson(found))
      break
    case 'md':
      terminal.out(renderDiffMarkdown(found))
      break
    default:
      terminal.out(renderDiffText(found))
  }
  return EXIT.ok
}

const versionOf = (
  ownership: Ownership,
): { readonly ownership: Ownership; readonly rules: ReturnType<typeof compileRules> } => ({
  ownership,
  rules: compileRules(ownership),
})
