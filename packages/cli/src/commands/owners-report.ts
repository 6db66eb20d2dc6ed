import { posix } from 'node:path'
import { renderProblems } from '@throughline/catalog'
import {
  compileRules,
  createReport,
  readLintInput,
  renderReportHtml,
  renderReportMarkdown,
} from '@throughline/monitoring'
import { type Call, CATALOG_OPTION, type Command, EXIT, toJson, valueOf } from '../command.ts'
import { openCatalog } from '../open-catalog.ts'

export const command: Command = {
  synopsis: '',
  arity: [0, 0],
  help: [
    'Who owns what by role, how many routes have a team, what waits for a decision, and each alert with its team, role, severity, runbook and where it goes. Routes are read from the code, too.',
    'As one page for a browser: throughline owners report --format html > ownership.html',
  ],
  options: {
    format: { value: 'FORMAT', choices: ['md', 'html', 'json'], says: 'md is the default' },
    routes: {
      value: 'FILE',
      says: 'routes that running apps print, where the code does not say them all',
    },
    ...CATALOG_OPTION,
  },
  run: report,
}

function report(call: Call): number {
  const { terminal } = call
  const opened = openCatalog(call)
  if (opened === undefined) return EXIT.findings
  const { root, file, ownership } = opened
  const today = terminal.today.toISOString().slice(0, 10)
  const routesFile = valueOf(call, 'routes')
  const input = readLintInput(root, ownership, posix.dirname(file), {
    today,
    ...(routesFile !== undefined && { routesFile }),
  })
  if (!input.ok) {
    terminal.err(renderProblems(input.problems))
    return EXIT.findings
  }
  const found = createReport(ownership, compileRules(ownership), {
    today,
    routesInCode: input.value.code.routes,
  })
  switch (valueOf(call, 'format')) {
    case 'json':
      terminal.out(toJson(found))
      break
    case 'html':
      terminal.out(renderReportHtml(found))
      break
    default:
      terminal.out(renderReportMarkdown(found))
  }
  return EXIT.ok
}
