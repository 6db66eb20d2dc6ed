import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { categoryOf, titleOf } from '../src/index.ts'
import { signOfCategory } from '../src/signs.ts'
import { readDemo } from './demo-spans.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The code block of one language. */
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([^\`]*)\`\`\``).exec(readme)?.[1] ?? ''

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-'))
  await symlink(pathOf('../../../node_modules'), join(folder, 'node_modules'))
  await copyFile(pathOf('../../../examples/ownership.yaml'), join(folder, 'ownership.yaml'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the code prints what the README says', async () => {
  const { resourceSpans } = JSON.parse(
    readFileSync(pathOf('fixtures/demo-traces.json'), 'utf8'),
  ) as Sent
  const failed = readDemo().find(
    ({ status, kind, name }) => status === 'error' && kind === 'server' && name.includes('[id]'),
  )
  for (const { scopeSpans } of resourceSpans)
    for (const scope of scopeSpans)
      scope.spans = scope.spans.filter(({ traceId }) => traceId === failed?.traceId)
  await writeFile(join(folder, 'trace.json'), JSON.stringify({ resourceSpans }))
  await writeFile(join(folder, 'example.mts'), block('ts'))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@throughline/source', 'example.mts'],
    { cwd: folder },
  )
  const LINE = /ownership\.yaml:\d+/g
  expect(stdout.replaceAll(LINE, 'line')).toBe(block('text').replaceAll(LINE, 'line'))
})

interface Sent {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { spans: readonly { readonly traceId: string }[] }[]
  }[]
}

test('every category and title of the demo is explained', () => {
  for (const span of readDemo()) {
    const category = categoryOf(span)
    expect(readme).toContain(`\`${category}\``)
    expect(readme).toContain(`\`${signOfCategory(category)}\``)
    expect(titleOf(span)).not.toBe('')
  }
})
