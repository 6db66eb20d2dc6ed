import { expect, test } from 'vitest'
import { hasScript, listScriptMentions } from '../src/scripts.ts'
import { listFiles, readText } from '../src/files.ts'
import { readWorkspace } from '../src/workspace.ts'

const files = new Set(listFiles())
const examples = readWorkspace('examples')

/** What the demo is made of without being an app of it: no server of its own to build, start and assert. */
const support = new Set(['examples/database', 'examples/demo'])
const apps = examples.filter(({ folder }) => !support.has(folder))

test.for(examples)('$folder says how to run it and what one should see', ({ folder }) => {
  expect(files).toContain(`${folder}/README.md`)
  expect(readText(`${folder}/README.md`)).toMatch(/npm run|npm start/)
})

test.for(apps)('$folder can be built, started and typechecked', ({ manifest: { scripts } }) => {
  expect(Object.keys(scripts ?? {})).toEqual(
    expect.arrayContaining(['build', 'start', 'typecheck']),
  )
})

test.for(apps)('$folder is an end-to-end test, too', ({ folder }) => {
  expect(files).toContain(`${folder}/e2e.test.ts`)
})

test.for(examples)('$folder/README.md names only scripts that exist', ({ folder }) => {
  const mentions = listScriptMentions(readText(`${folder}/README.md`))
  expect(mentions.filter(mention => !hasScript(folder, mention))).toEqual([])
})

test.for(examples)('$folder is never published', ({ manifest }) => {
  expect(manifest.private).toBe(true)
})
