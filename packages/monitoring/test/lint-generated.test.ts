import { expect, test } from 'vitest'
import { ALERTS, type AlertName, runbookOf } from '../src/alerts/alert-list.ts'
import { lintOwnership } from '../src/lint/lint-ownership.ts'
import { renderAll } from '../src/render-all.ts'
import { exampleOwnership } from './read-ownership.ts'

const names = Object.keys(ALERTS) as AlertName[]

test('what is generated for the catalog of the examples passes the lint', () => {
  const ownership = exampleOwnership()
  const files = new Map(renderAll(ownership, new Map()).map(({ path, text }) => [path, text]))
  const findings = lintOwnership({
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
  })
  expect(
    [...files.keys()].filter(path => /\.rules\.yaml$|^dashboards\//.test(path)).length,
  ).toBeGreaterThan(20)
  expect(findings.filter(({ at }) => /^(alerts|dashboards|docs)\//.test(at))).toEqual([])
})
