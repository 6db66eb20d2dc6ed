import { expect, test } from 'vitest'
import type { Finding } from '../../src/doctor/finding.ts'
import { renderFindings } from '../../src/doctor/render-findings.ts'

const makeFinding = (given: Partial<Finding> = {}): Finding => ({
  code: 'REGISTER_MISSING',
  level: 'error',
  service: 'web',
  at: 'instrumentation.ts',
  what: 'it exports no register that calls ours',
  why: 'nothing starts Throughline with the server',
  fix: 'export it',
  ...given,
})

test('findings are told by service, with what can be mended', () => {
  const findings = [
    makeFinding({ mend: async () => [] }),
    makeFinding({
      code: 'PNP',
      level: 'warning',
      service: undefined,
      at: undefined,
      what: 'no node_modules',
    }),
    makeFinding({ code: 'SERVICE_UNNAMED', level: 'warning', what: 'no name' }),
  ]
  expect(renderFindings(findings)).toBe(`web
  error REGISTER_MISSING: it exports no register that calls ours (instrumentation.ts)
    why: nothing starts Throughline with the server
    fix: export it [--fix]
  warning SERVICE_UNNAMED: no name (instrumentation.ts)
    why: nothing starts Throughline with the server
    fix: export it

all
  warning PNP: no node_modules
    why: nothing starts Throughline with the server
    fix: export it

1 error, 2 warnings; throughline doctor --fix mends 1 of them
`)
})

test('what is painted stays the same text', () => {
  const painted = renderFindings([makeFinding()], (kind, text) => `<${kind}>${text}</${kind}>`)
  expect(painted).toContain('<error>error</error> REGISTER_MISSING')
  expect(painted.replaceAll(/<\/?(error|aside)>/g, '')).toBe(renderFindings([makeFinding()]))
})

test('nothing that can be mended is not offered', () => {
  expect(renderFindings([makeFinding()])).toContain('\n\n1 error, 0 warnings\n')
})
