import type { Command } from './command.ts'

/** A command by its name, loaded when it is called: help must not wait for what it does not need. */
export interface CommandEntry {
  /** `owners who`. */
  readonly name: string
  /** What it does, for the list of commands. */
  readonly summary: string
  load(): Promise<{ readonly command: Command }>
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'put Throughline into the applications that are here, and show a first trace',
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'doctor',
    summary: 'find out whether an install works, and what is wrong with it',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'uninstall',
    summary: 'take out what init put in, and nothing else',
    load: () => import('./commands/uninstall.ts'),
  },
  {
    name: 'view',
    summary: 'show traces, logs, routes and owners in a local page that takes OTLP',
    load: () => import('./commands/view.ts'),
  },
  {
    name: 'trace',
    summary: 'print a trace with its teams, and where and why it breaks',
    load: () => import('./commands/trace.ts'),
  },
  {
    name: 'generate',
    summary: 'write alerts, dashboards, routing and exports from the catalog',
    load: () => import('./commands/generate.ts'),
  },
  {
    name: 'owners lint',
    summary: 'say what is wrong between the catalog, the code, alerts and dashboards',
    load: () => import('./commands/owners-lint.ts'),
  },
  {
    name: 'owners report',
    summary: 'one page on who owns what, and what waits for a decision',
    load: () => import('./commands/owners-report.ts'),
  },
  {
    name: 'owners who',
    summary: 'who answers for a request, and which line says so',
    load: () => import('./commands/owners-who.ts'),
  },
  {
    name: 'owners diff',
    summary: 'what a change of the catalog moves from which team to which',
    load: () => import('./commands/owners-diff.ts'),
  },
  {
    name: 'owners confirm',
    summary: 'write down that a team has reviewed what it owns',
    load: () => import('./commands/owners-confirm.ts'),
  },
  {
    name: 'owners rename',
    summary: 'give a team another id, everywhere in the catalog',
    load: () => import('./commands/owners-rename.ts'),
  },
  {
    name: 'owners import',
    summary: 'draft a catalog from CODEOWNERS or Backstage',
    load: () => import('./commands/owners-import.ts'),
  },
  {
    name: 'redact',
    summary: 'show what is taken out of a text before it leaves a process, and why',
    load: () => import('./commands/redact.ts'),
  },
]
