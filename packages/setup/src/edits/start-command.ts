const MODULE = '@throughline/node/register'
const FLAG = `--import ${MODULE}`

/** A word of a command line, as it is written. */
interface Word {
  readonly text: string
  readonly end: number
}

/**
 * Adds the preload to the last command of a script that runs a file with `node` or `tsx`; undefined where there is none.
 * A script that has it already stays as it is.
 */
export function addPreload(command: string): string | undefined {
  if (command.includes(MODULE)) return command
  const at = splitCommands(command)
    .map(findPlace)
    .findLast(place => place !== undefined)
  return at === undefined ? undefined : `${command.slice(0, at)} ${FLAG}${command.slice(at)}`
}

/** Takes the preload out of a script again. */
export const removePreload = (command: string): string => command.replace(` ${FLAG}`, '')

/** The words of each command of a script. */
function splitCommands(script: string): Word[][] {
  const commands: Word[][] = [[]]
  for (const match of script.matchAll(/&&|\|\||[;|&]|(?:[^\s;|&"']|"[^"]*"|'[^']*')+/g)) {
    const [text] = match
    if (/^[;|&]/.test(text)) commands.push([])
    else commands.at(-1)?.push({ text, end: match.index + text.length })
  }
  return commands
}

/** Offset right after `node` or `tsx watch` of a command that runs a file. */
function findPlace(words: readonly Word[]): number | undefined {
  // What stands before `--` runs the rest, as in `dotenv -e .env -- node server.js`.
  const dashes = words.findIndex(({ text }) => text === '--')
  const at = words.findIndex(({ text }, index) => index > dashes && !isPrefix(text))
  const runner = words[at]
  const name = runner === undefined ? '' : basename(runner.text)
  if (runner === undefined || (name !== 'node' && name !== 'tsx')) return undefined
  const watch = name === 'tsx' && words[at + 1]?.text === 'watch' ? words[at + 1] : undefined
  const given = words.slice(at + (watch === undefined ? 1 : 2)).map(({ text }) => text)
  return runsFile(given) ? (watch ?? runner).end : undefined
}

const basename = (text: string): string =>
  text
    .replaceAll(/["']/g, '')
    .split('/')
    .at(-1)
    ?.replace(/\.(cmd|exe)$/, '') ?? ''

/** What stands before the program: variables, and programs that run another. */
const isPrefix = (text: string): boolean =>
  /^\w+=/.test(text) || /^(cross-env|cross-env-shell|env|exec|npx|npm|pnpm|yarn|time)$/.test(text)

const RUNS_NO_FILE =
  /^(-e|-p|-pe|-c|-v|-h|-i|--eval|--print|--check|--test|--run|--version|--help)(=|$)/

function runsFile(given: readonly string[]): boolean {
  const file = given.findIndex(text => !text.startsWith('-'))
  return file >= 0 && !given.slice(0, file).some(text => RUNS_NO_FILE.test(text))
}
