import { renderTable } from '../../checks/src/markdown-table.ts'
import { readText } from '../../checks/src/files.ts'
import { installConsumer, ours, RUNTIME_PACKAGES } from './consumer.ts'
import { type InstallSize, listCopies, measureInstall } from './installed-files.ts'
import type { Workbench } from './workbench.ts'

/** Where the sizes are written down. */
export const DOCUMENT = 'docs/install-size.md'

/** What one of our packages adds to an application. */
export interface AddedSize extends InstallSize {
  readonly name: string
  /** How many copies of `@opentelemetry/api` there are. */
  readonly apiCopies: number
}

/** Installs each package that runs in production into an application of its own, without its peers, and measures it. */
export async function measurePackages(bench: Workbench): Promise<AddedSize[]> {
  const sizes: AddedSize[] = []
  for (const name of RUNTIME_PACKAGES) {
    const { shell } = await installConsumer(bench, `size-${sizes.length}`, {
      packageManager: 'npm',
      dependencies: ours([name]),
      flags: ['--omit=dev', '--omit=peer'],
    })
    const apiCopies = listCopies(shell.cwd, '@opentelemetry/api').length
    sizes.push({ name, ...(await measureInstall(shell.cwd)), apiCopies })
  }
  return sizes
}

/** The page with the sizes. */
export function renderDocument(sizes: readonly AddedSize[]): string {
  const rows = sizes.map(({ name, packages, megabytes, apiCopies }) => [
    `\`${name}\``,
    String(packages),
    megabytes.toFixed(1),
    String(apiCopies),
  ])
  return `# What an install takes

What \`npm install --omit=dev\` puts into the \`node_modules\` of an empty application, from packed tarballs. \`next\`, a peer
of \`@throughline/next\`, is not counted: the application has it already. \`npm run sizes\` measures anew and writes this page; a
test fails where it is more than a tenth off.

${renderTable(['package', 'packages', 'MB', 'copies of `@opentelemetry/api`'], rows)}
`
}

/** The sizes that the page has. */
export function readDocument(): AddedSize[] {
  const row =
    /^\| `(?<name>[^`]+)` \| (?<packages>\d+) \| (?<megabytes>[\d.]+) \| (?<copies>\d+) \|$/gm
  return [...readText(DOCUMENT).matchAll(row)].map(({ groups = {} }) => ({
    name: groups['name'] ?? '',
    packages: Number(groups['packages']),
    megabytes: Number(groups['megabytes']),
    apiCopies: Number(groups['copies']),
  }))
}
