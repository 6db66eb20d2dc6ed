import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const block = (language: string): string =>
  new RegExp('```' + language + '\\n([^`]*)```').exec(readme)?.[1] ?? ''

test('the code prints what the README says', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@throughline/source', '--input-type=module-typescript', '--eval', block('ts')],
    { cwd: fileURLToPath(new URL('..', import.meta.url)) },
  )
  expect(stdout).toBe(block('text'))
})
