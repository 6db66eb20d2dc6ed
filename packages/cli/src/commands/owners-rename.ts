import { readFileSync } from 'node:fs'
import { renderProblems } from '@throughline/catalog'
import { renameTeam } from '@throughline/monitoring'
import { type Call, CATALOG_OPTION, type Command, EXIT } from '../command.ts'
import { placeOf } from '../open-catalog.ts'
import { writeWhole } from '@throughline/setup'

export const command: Command = {
  synopsis: '<old> <new>',
  arity: [2, 2],
  help: [
    'Renames the id wherever the catalog names the team by it. Its name, handles and channels stay, and so does all else in the file.',
    'Run throughline generate then: its folders of alerts and dashboards move along.',
  ],
  options: CATALOG_OPTION,
  run: rename,
}

function rename(call: Call): number {
  const { terminal, args } = call
  const { path, file } = placeOf(call)
  const [from = '', to = ''] = args
  const edited = renameTeam(readFileSync(path, 'utf8'), from, to, { file, today: terminal.today })
  if (!edited.ok) {
    terminal.err(renderProblems(edited.problems))
    return EXIT.findings
  }
  writeWhole(path, edited.value.text)
  terminal.out(`${edited.value.changes.join('\n')}\n`)
  terminal.err('run throughline generate, so that alerts and dashboards move along\n')
  return EXIT.ok
}
