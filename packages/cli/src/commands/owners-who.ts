import { renderProblems, type Role, ROLES } from '@throughline/catalog'
import { explainOwner, renderOwner } from '@throughline/monitoring'
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
import { openCatalog } from '../open-catalog.ts'
import { UsageError } from '../usage-error.ts'

export const command: Command = {
  synopsis: '<service> "<METHOD /path>"',
  arity: [2, 3],
  help: [
    'Names the team, the line of the catalog that decided it, where the team is reached, and who has every role. The path may be a real one, or a template of any framework.',
  ],
  options: {
    role: { value: 'ROLE', choices: ROLES, says: 'ask who has this role' },
    ...CATALOG_OPTION,
    ...JSON_OPTION,
  },
  run: who,
}

function who(call: Call): number {
  const { terminal, args } = call
  const [service = '', ...request] = args
  const { method, path } = parseRequest(request.join(' '))
  const opened = openCatalog(call)
  if (opened === undefined) return EXIT.findings
  const role = valueOf(call, 'role') as Role | undefined
  const found = explainOwner(opened.ownership, {
    service,
    method,
    path,
    ...(role !== undefined && { role }),
  })
  if (!found.ok) {
    terminal.err(renderProblems(found.problems))
    return EXIT.findings
  }
  terminal.out(isSet(call, 'json') ? toJson(found.value) : renderOwner(found.value))
  return EXIT.ok
}

/** Reads `POST /api/billing/plan`, or `/api/billing/plan` for any method. */
function parseRequest(text: string): { readonly method: string; readonly path: string } {
  const { method = '*', path } =
    /^(?:(?<method>[A-Za-z*]+) )?(?<path>\/\S*)$/.exec(text.trim())?.groups ?? {}
  if (path === undefined) {
    throw new UsageError(
      `${JSON.stringify(text)} is not a method and a path`,
      'write it as in "POST /api/billing/plan"',
    )
  }
  return { method: method.toUpperCase(), path }
}
