import { resolve } from 'node:path'
import {
  type OutputFile,
  type Ownership,
  readRunbooks,
  renderAll,
  renderCodeowners,
  updateCodeowners,
} from '@throughline/monitoring'
import {
  type Call,
  CATALOG_OPTION,
  type Command,
  EXIT,
  isSet,
  JSON_OPTION,
  toJson,
  valueOf,
} from '../command.ts'
import { applyChanges, listGenerated, openDisk, readPresent } from '../generated-files.ts'
import { openCatalog } from '../open-catalog.ts'
import { type FileState, type PlannedChange, planChanges } from '../plan-changes.ts'
import { UsageError } from '../usage-error.ts'

/** What can be generated apart from the rest. */
const PARTS = ['alerts', 'dashboards', 'exports', 'runbooks'] as const
type Part = (typeof PARTS)[number]

export const command: Command = {
  synopsis: '',
  arity: [0, 0],
  help: [
    'Writes what is stale and removes what nothing gives any more, in alerts/, dashboards/ and docs/ownership/; a folder called own/ in these is yours. Runbooks that are missing are begun, and never touched again. A CODEOWNERS with the marks # <throughline> and # </throughline> gets its block between them.',
    'With --check it changes nothing, lists each file that is missing, edited or added, and ends with 1 when there is one.',
  ],
  options: {
    check: { says: 'only say what differs' },
    out: { value: 'DIR', says: 'generate into this folder, not into the root of the repository' },
    only: { value: 'PARTS', says: `only these, with commas: ${PARTS.join(', ')}` },
    ...CATALOG_OPTION,
    ...JSON_OPTION,
  },
  run: generate,
}

function generate(call: Call): number {
  const parts = readParts(valueOf(call, 'only'))
  const opened = openCatalog(call)
  if (opened === undefined) return EXIT.findings
  const { terminal } = call
  const out = valueOf(call, 'out')
  const root = out === undefined ? opened.root : resolve(terminal.cwd, out)
  const changes = plan(opened.ownership, root, parts, out === undefined)
  const isCheck = isSet(call, 'check')
  if (!isCheck) applyChanges(root, changes)
  terminal.out(
    isSet(call, 'json')
      ? toJson({ schema: 1, changes: changes.map(describe) })
      : render(changes, isCheck),
  )
  if (isCheck && changes.length > 0) {
    terminal.err('run throughline generate and commit what it writes\n')
  }
  const isLeft = isCheck ? changes.length > 0 : changes.some(({ state }) => state === 'stray')
  return isLeft ? EXIT.findings : EXIT.ok
}

function plan(
  ownership: Ownership,
  root: string,
  parts: ReadonlySet<Part>,
  isRepository: boolean,
): readonly PlannedChange[] {
  const scaffolds = parts.has('runbooks') ? readRunbooks(ownership.catalog) : []
  const generated = listGenerated(root)
  const all = [
    ...renderAll(ownership, readPresent(root, generated.filter(isOfGrafana))),
    ...(isRepository ? renderOwnCodeowners(ownership, root) : []),
  ]
  const rendered = all.filter(({ path }) => parts.has(partOf(path)))
  const written = [...rendered, ...scaffolds].map(({ path }) => path)
  const among = generated.filter(path => parts.has(partOf(path)))
  return planChanges({ rendered, scaffolds, disk: openDisk(root, [...among, ...written]) })
}

/** The only files that are read before they are written again: what they gave to Grafana may have to be taken back. */
const isOfGrafana = (path: string): boolean => path.startsWith('alerts/grafana-managed/')

function partOf(path: string): Part {
  const [folder] = path.split('/', 1)
  return folder === 'alerts' || folder === 'dashboards' ? folder : 'exports'
}

/** Where GitHub and GitLab look for the file. */
const CODEOWNERS = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']

/** The CODEOWNERS of the repository with its block as it should be, where it has the marks for one. */
function renderOwnCodeowners(ownership: Ownership, root: string): OutputFile[] {
  return [...readPresent(root, CODEOWNERS)].flatMap(([path, text]) => {
    const updated = updateCodeowners(text, renderCodeowners(ownership))
    return updated === undefined ? [] : [{ path, text: updated }]
  })
}

function readParts(only: string | undefined): ReadonlySet<Part> {
  const named = only?.split(',').map(part => part.trim()) ?? PARTS
  const unknown = named.find(part => !(PARTS as readonly string[]).includes(part))
  if (unknown !== undefined) {
    throw new UsageError(
      `--only does not know ${JSON.stringify(unknown)}`,
      `write some of: ${PARTS.join(', ')}`,
    )
  }
  return new Set(named as readonly Part[])
}

/** What a state is called: as somebody found it, and as it was dealt with. */
const WORDS: Readonly<Record<FileState, readonly [found: string, done: string]>> = {
  missing: ['missing', 'wrote'],
  different: ['edited', 'wrote'],
  orphan: ['added', 'removed'],
  stray: ['added', 'left'],
}

const describe = ({
  path,
  state,
}: PlannedChange): { readonly path: string; readonly state: FileState } => ({ path, state })

function render(changes: readonly PlannedChange[], isCheck: boolean): string {
  const lines = changes.map(({ path, state }) => {
    const [found, done] = WORDS[state]
    const advice =
      state === 'stray'
        ? ': nothing generates it; move it into a folder called own, or delete it'
        : ''
    return `${(isCheck ? found : done).padEnd(8)}${path}${advice}`
  })
  const nothing = 'every generated file is what the catalog gives'
  return [...(lines.length === 0 ? [nothing] : lines), ''].join('\n')
}
