import { resolve } from 'node:path'
import type { Call, Command } from '../command.ts'
import { JSON_OPTION } from '../command.ts'

/** Options of the commands that change an application. */
export const CHANGE_OPTIONS: Command['options'] = {
  yes: { says: 'do it without asking' },
  'dry-run': { says: 'show what would be done, and do nothing' },
  'no-install': { says: 'leave the package manager alone' },
  ...JSON_OPTION,
}

/** The folder that a call is about: the one that is named, else the one it is called in. */
export const folderOf = ({ args: [folder = '.'], terminal }: Call): string =>
  resolve(terminal.cwd, folder)
