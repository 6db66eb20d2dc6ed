import { type Call, isSet } from '../command.ts'
import { UsageError } from '../usage-error.ts'

/** Whether it may be done: as `--yes` says, else as somebody answers. Throws a UsageError where nobody can be asked. */
export async function confirm(call: Call, question: string): Promise<boolean> {
  if (isSet(call, 'yes')) return true
  const answer = isSet(call, 'json') ? undefined : await call.terminal.ask(`${question} [Y/n] `)
  if (answer === undefined) {
    throw new UsageError(
      'nobody can be asked here, so nothing was written',
      'say --yes to do it, or --dry-run to see what would be done',
    )
  }
  return /^\s*(y(es)?)?\s*$/i.test(answer)
}
