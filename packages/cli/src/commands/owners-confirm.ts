import { readFileSync } from 'node:fs'
import { renderProblems } from '@throughline/catalog'
import { confirmTeam } from '@throughline/monitoring'
import { type Call, CATALOG_OPTION, type Command, EXIT } from '../command.ts'
import { placeOf } from '../open-catalog.ts'
import { writeWhole } from '@throughline/setup'

export const command: Command = {
  synopsis: '<team>',
  arity: [1, 1],
  help: [
    'Sets reviewedAt to today, for the team and for each service that it fixes in production. Nothing else in the file changes.',
  ],
  options: CATALOG_OPTION,
  run: confirm,
}

function confirm(call: Call): number {
  const { terminal, args } = call
  const { path, file } = placeOf(call)
  const [team = ''] = args
  const edited = confirmTeam(readFileSync(path, 'utf8'), team, { file, today: terminal.today })
  if (!edited.ok) {
    terminal.err(renderProblems(edited.problems))
    return EXIT.findings
  }
  writeWhole(path, edited.value.text)
  terminal.out(`${edited.value.changes.join('\n')}\n`)
  return EXIT.ok
}
