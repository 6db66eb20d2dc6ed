import { renderProblems } from '@throughline/catalog'
import { acceptUnowned, lintRepository, renderFindings } from '@throughline/monitoring'
import {
  type Call,
  CATALOG_OPTION,
  type Command,
  EXIT,
  isSet,
  JSON_OPTION,
  toJson,
  valueOf,
} from '../command.ts'
import { placeOf } from '../open-catalog.ts'

export const command: Command = {
  synopsis: '',
  arity: [0, 0],
  help: [
    'Holds the catalog, the routes in code, the alerts, dashboards and runbooks against each other. Each finding has its place and the edit that mends it. Ends with 1 when there is an error; warnings alone are fine.',
    'Where routes have no owner yet, --accept-unowned writes them to ownership.unowned.txt beside the catalog once; from then on that list may only get shorter.',
  ],
  options: {
    routes: {
      value: 'FILE',
      says: 'routes that running apps print, where the code does not say them all',
    },
    'accept-unowned': { says: 'write the list of routes that may stay without an owner for now' },
    ...CATALOG_OPTION,
    ...JSON_OPTION,
  },
  run: lint,
}

function lint(call: Call): number {
  const { terminal } = call
  const { root, file } = placeOf(call)
  const routesFile = valueOf(call, 'routes')
  const options = {
    catalog: file,
    today: terminal.today.toISOString().slice(0, 10),
    ...(routesFile !== undefined && { routesFile }),
  }
  if (isSet(call, 'accept-unowned')) {
    const accepted = acceptUnowned(root, options)
    if (!accepted.ok) {
      terminal.err(renderProblems(accepted.problems))
      return EXIT.findings
    }
    const { file: list, added, removed } = accepted.value
    const lines = [...added.map(route => `+ ${route}`), ...removed.map(route => `- ${route}`)]
    terminal.out([`wrote ${list}`, ...lines, ''].join('\n'))
    return EXIT.ok
  }
  const findings = lintRepository(root, options)
  const text = renderFindings(findings)
    .replaceAll(/(?<=: )error(?=: )/g, word => terminal.paint('red', word))
    .replaceAll(/(?<=: )warning(?=: )/g, word => terminal.paint('yellow', word))
  terminal.out(isSet(call, 'json') ? toJson({ schema: 1, findings }) : text)
  return findings.some(({ level }) => level === 'error') ? EXIT.findings : EXIT.ok
}
