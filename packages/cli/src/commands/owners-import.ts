import { renderProblems } from '@throughline/catalog'
import { importBackstage, importCodeowners } from '@throughline/monitoring'
import { type Call, type Command, EXIT, isSet, JSON_OPTION, toJson } from '../command.ts'
import { readInput } from '../read-input.ts'
import { UsageError } from '../usage-error.ts'

export const command: Command = {
  synopsis: 'codeowners|backstage <file…>',
  arity: [2, Number.POSITIVE_INFINITY],
  help: [
    'Prints a draft of a catalog in which # TODO: decide … marks what could not be decided, and says beside it what was left out or guessed. Nothing is written.',
    'throughline owners import codeowners .github/CODEOWNERS > ownership.yaml',
  ],
  options: JSON_OPTION,
  run: importFiles,
}

function importFiles(call: Call): number {
  const { terminal, args } = call
  const [source, ...paths] = args
  if (source !== 'codeowners' && source !== 'backstage') {
    throw new UsageError(
      `there is no import from ${JSON.stringify(source)}`,
      'write codeowners or backstage',
    )
  }
  const files = paths.map(path => readInput(path, terminal.cwd))
  const [first, second] = files
  if (source === 'codeowners' && second !== undefined) {
    throw new UsageError('codeowners is one file', 'name the one that your repository uses')
  }
  const imported =
    source === 'codeowners' && first !== undefined
      ? importCodeowners(first.text, first)
      : importBackstage(files)
  if (!imported.ok) {
    terminal.err(renderProblems(imported.problems))
    return EXIT.findings
  }
  const { text, remarks } = imported.value
  if (isSet(call, 'json')) terminal.out(toJson({ schema: 1, text, remarks }))
  else {
    terminal.out(text)
    if (remarks.length > 0) terminal.err(renderProblems(remarks))
  }
  return EXIT.ok
}
