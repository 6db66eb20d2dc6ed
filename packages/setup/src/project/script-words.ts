/** A command of a script: its program and what that is given. */
export interface Command {
  /** Name without its folder: `node`, `next`. */
  readonly program: string
  readonly args: readonly string[]
  /** Variables that are set for it alone. */
  readonly env: Readonly<Record<string, string>>
}

/** Programs that run the one that is named after them. */
const RUNNERS = new Set([
  'bunx',
  'cross-env',
  'cross-env-shell',
  'dotenv',
  'dotenvx',
  'env',
  'env-cmd',
  'exec',
  'npm',
  'npx',
  'pnpm',
  'time',
  'yarn',
])

/** The commands of a script of package.json, as a shell takes them apart; those that a command is given in quotes come after it. */
export function readCommands(script: string): readonly Command[] {
  return splitCommands(script).flatMap(words => {
    const command = readCommand(withoutRunner(words))
    if (command === undefined) return []
    const inQuotes = command.args.filter(arg => /\s/.test(arg))
    return [command, ...inQuotes.flatMap(arg => readCommands(arg))]
  })
}

function splitCommands(script: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]]
  for (const [word] of script.matchAll(/&&|\|\||[;|&]|(?:[^\s;|&"']|"[^"]*"|'[^']*')+/g)) {
    if (/^[;|&]/.test(word)) commands.push([])
    else commands.at(-1)?.push(word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'))
  }
  return commands
}

/** What stands before `--` runs the rest, as in `dotenv -e .env -- node server.js`, unless the rest are options. */
function withoutRunner(words: readonly string[]): readonly string[] {
  const rest = words.slice(words.indexOf('--') + 1)
  return rest[0]?.startsWith('-') === false ? rest : words
}

function readCommand(words: readonly string[]): Command | undefined {
  const env: Record<string, string> = {}
  let isRun = false
  for (const [index, word] of words.entries()) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? []
    const program = programOf(word)
    if (name !== undefined && value !== undefined) env[name] = value
    else if (RUNNERS.has(program)) isRun = true
    // What stands between such a program and the one it runs are its own options.
    else if (!isRun || !/^-|^(.*\/)?\.env/.test(word))
      return /\s/.test(word)
        ? { program: '', args: words.slice(index), env }
        : { program, args: words.slice(index + 1), env }
  }
  return undefined
}

const programOf = (word: string): string =>
  word
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/\.(cmd|exe)$/, '') ?? ''
