import { addPreload } from '../edits/start-command.ts'
import type { StartScript } from './project.ts'
import { type Command, readCommands } from './script-words.ts'

/** Scripts that start an application, by their names. */
const STARTS = /^(start|dev|develop|serve|server|watch|prod|production)([:.-].*)?$/

/** Programs that run a file of the application, with the word that has them do so where it takes one. */
const PROGRAMS: ReadonlyMap<string, string | undefined> = new Map([
  ['node', undefined],
  ['tsx', 'watch'],
  ['nodemon', undefined],
  ['ts-node', undefined],
  ['ts-node-dev', undefined],
  ['tsnd', undefined],
  ['vite-node', undefined],
  ['bun', 'run'],
  ['nest', 'start'],
  ['fastify', 'start'],
  ['pm2-runtime', 'start'],
])

/** Options that take the next word for a value. */
const VALUED =
  /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--env-file-if-exists|--watch-path|--tsconfig|--project)$/
const VALUED_BY_NODEMON = /^(-r|--require|-w|--watch|-i|--ignore|-e|--ext|-d|--delay)$/

/** Options with which Node runs no file of the application. */
const RUNS_NO_FILE =
  /^(-e|-p|-pe|-c|-v|-h|-i|--eval|--print|--check|--test|--run|--version|--help)(=|$)/

/** Files that build an application, or say how. */
const BUILDS = /^(\.\/)?(scripts?|tools)\/|(^|\/)(es)?build\.[cm]?[jt]s$|\.config\.[cm]?[jt]s$/

/** A script that starts an application, with the command in it that does. */
export interface RunningScript extends StartScript {
  readonly runner: Command
}

/** The scripts that start an application. */
export function listStarts(scripts: Readonly<Record<string, string>>): readonly RunningScript[] {
  return Object.entries(scripts)
    .filter(([name]) => STARTS.test(name))
    .flatMap(([name, command]) => {
      const runner = readCommands(command).findLast(runsApplication)
      if (runner === undefined) return []
      const isOfNode = runner.program === 'node' || runner.program === 'tsx'
      return [{ name, command, runner, takesImport: isOfNode && addPreload(command) !== undefined }]
    })
}

/** Whether a command runs a file of the application, as opposed to building or testing it. */
function runsApplication(command: Command): boolean {
  const { program, args } = command
  if (!PROGRAMS.has(program)) return false
  const [operand] = operandsOf(command)
  switch (program) {
    // What they run is named elsewhere: by `main` of package.json, by a file of PM2.
    case 'nodemon':
    case 'pm2-runtime':
      return true
    case 'nest':
    case 'fastify':
      return args.find(arg => !arg.startsWith('-')) === 'start'
    case 'bun':
      return operand !== undefined && /[./]/.test(operand)
    default: {
      const own = operand === undefined ? args : args.slice(0, args.indexOf(operand))
      return (
        operand !== undefined && !BUILDS.test(operand) && !own.some(arg => RUNS_NO_FILE.test(arg))
      )
    }
  }
}

/** What a command is given besides options and what it is to do: the file that it runs, before what that is given. */
export function operandsOf({ program, args }: Command): readonly string[] {
  const valued = program === 'nodemon' ? VALUED_BY_NODEMON : VALUED
  const operands = args.filter(
    (arg, index) => !arg.startsWith('-') && !valued.test(args[index - 1] ?? ''),
  )
  return operands[0] === PROGRAMS.get(program) ? operands.slice(1) : operands
}
