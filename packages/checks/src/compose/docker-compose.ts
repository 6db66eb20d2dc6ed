import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ensureDebianBinary, findInPath } from '../debian.ts'
import { runTool, type ToolResult } from '../run-tool.ts'
import { root } from '../workspace.ts'
import { createFiles, readComposeFiles } from './files.ts'

/**
 * Has Docker Compose read Compose files and lay them over one another, which needs no engine; `output` is the result, or
 * what it says against them.
 *
 * It is the one that is installed, else that of Debian. Throws where neither can be had.
 */
export async function renderComposeConfig(paths: readonly string[]): Promise<ToolResult> {
  const docker = await findInPath('docker')
  if (docker !== undefined) {
    const command = { path: docker, env: {} }
    const { ok } = await runTool(command, ['compose', 'version'])
    if (ok) return await runTool(command, ['compose', ...listFileOptions(paths, root), 'config'])
  }
  return await renderWithDebian(paths)
}

/** Debian has 1.29: what it does not know yet is written in its way, or left out. */
async function renderWithDebian(paths: readonly string[]): Promise<ToolResult> {
  const { path, env } = await ensureDebianBinary('docker-compose')
  const libraries = { PYTHONPATH: join(path, '../../lib/python3/dist-packages') }
  const folder = await mkdtemp(join(tmpdir(), 'throughline-compose-'))
  try {
    const files = createFiles(readComposeFiles())
    const copies = paths.map(file => ({ name: basename(file), text: render(files.yaml(file)) }))
    for (const { name, text } of copies) await writeFile(join(folder, name), text)
    const names = copies.map(({ name }) => name)
    const options = listFileOptions(names, folder)
    return await runTool({ path, env: { ...env, ...libraries } }, [...options, 'config'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** JSON is YAML. The project has no name, secrets come from files, and health checks have one interval. */
function render(composeFile: unknown): string {
  const { name: _, secrets = {}, ...rest } = composeFile as Readonly<Record<string, object>>
  const known = Object.fromEntries(Object.keys(secrets).map(key => [key, { file: 'any' }]))
  return JSON.stringify({ version: '3.9', ...rest, secrets: known }, (key, value: unknown) =>
    key === 'start_interval' ? undefined : value,
  )
}

const listFileOptions = (paths: readonly string[], folder: string): string[] =>
  paths.flatMap(path => ['--file', join(folder, path)])
