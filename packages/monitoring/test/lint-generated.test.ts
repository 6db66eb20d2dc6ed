import { expect, test } from 'vitest'
import { ALERTS, type AlertName, runbookOf } from '../src/alerts/alert-list.ts'
import { lintOwnership } from '../src/lint/lint-ownership.ts'
import type { Ownership } from '../src/ownership.ts'
import { renderAll } from '../src/render-all.ts'
import { exampleOwnership, exampleText, ownershipOf } from './read-ownership.ts'

const names = Object.keys(ALERTS) as AlertName[]

/** What the lint says against what is generated for a catalog, but for the catalog itself. */
function findingsOn(ownership: Ownership): ReturnType<typeof lintOwnership> {
  const files = new Map(renderAll(ownership, new Map()).map(({ path, text }) => [path, text]))
  expect(
    [...files.keys()].filter(path => /\.rules\.yaml$|^dashboards\//.test(path)).length,
  ).toBeGreaterThan(20)
  return lintOwnership({
    ownership,
    today: '2026-11-24',
    files,
    runbookFolder: 'docs/runbooks',
    runbooks: new Map(
      names.map(name => [`docs/runbooks/${runbookOf(name)}.md`, `# ${name}\n\nSee the traces.\n`]),
    ),
    presentPaths: new Set(),
    code: { routes: [], complete: new Set(), gaps: [] },
    codeowners: undefined,
    accepted: { routes: [], problems: [] },
  }).filter(({ at }) => /^(alerts|dashboards|docs)\//.test(at))
}

test('what is generated for the catalog of the examples passes the lint', () => {
  expect(findingsOn(exampleOwnership())).toEqual([])
})

test('so it does where the methods of a path are several teams’, and some series say no method', () => {
  const line = '- { match: "GET /sign-in", team: security, audience: public }'
  const shared = exampleText.replace(
    line,
    `${line}\n      - { match: "POST /sign-in", team: growth }`,
  )
  expect(shared).not.toBe(exampleText)
  expect(findingsOn(ownershipOf(shared))).toEqual([])
})
