import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMMANDS } from '../src/commands.ts'
import { PAYLOADS } from '../test/trace-payloads.ts'
import { createWorkspace } from './throughline.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** Code blocks of one language, in their order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(/```(\w+)\n([^`]*)```/g)]
    .filter(([, name]) => name === language)
    .map(([, , code = '']) => code)

const [catalog = ''] = blocks('yaml')
const consoles = blocks('console')

/** What happens before each of the console blocks. */
const before: readonly ((folder: string, write: (path: string, text: string) => void) => void)[] = [
  folder => {
    appendFileSync(join(folder, 'alerts/billing/alerts.rules.yaml'), '# edited\n')
    rmSync(join(folder, 'docs/ownership/CODEOWNERS'))
  },
  () => undefined,
  (_, write) => write('ownership.yaml', catalog.replace('*", team: billing', '*", team: growth')),
  (_, write) => {
    write('ownership.yaml', catalog)
    write('trace.json', JSON.stringify(PAYLOADS['OTLP/JSON with logs']))
  },
  () => undefined,
]

test('every console block prints what the README says', async () => {
  expect(consoles).toHaveLength(before.length)
  const shop = createWorkspace({ 'ownership.yaml': catalog })
  expect(await shop.run(['generate'])).toMatchObject({ code: 0, err: '' })
  await shop.commit()
  for (const [index, block] of consoles.entries()) {
    before[index]?.(shop.folder, shop.write)
    const [command = '', ...expected] = block.split('\n')
    const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? '',
    )
    const { out, err } = await shop.run(args.slice('$ throughline'.split(' ').length))
    expect(`${out}${err}`).toBe(expected.join('\n'))
  }
})

test('every command is in the README', () => {
  for (const { name } of COMMANDS) expect(readme).toContain(`throughline ${name}`)
})
