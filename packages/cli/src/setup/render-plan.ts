import {
  type App,
  type Change,
  changesOf,
  type Plan,
  type Project,
  type Remark,
  renderDiff,
} from '@throughline/setup'
import type { Terminal } from '../terminal.ts'

/** Names of frameworks, as their makers write them. */
const FRAMEWORKS: Readonly<Record<Extract<App, { kind: 'node' }>['framework'], string>> = {
  fastify: 'Fastify',
  express: 'Express',
  nest: 'Nest',
  hono: 'Hono',
  koa: 'Koa',
  http: 'node:http',
}

/** What an application is: `Next.js 16, app router`. */
function describeApp(app: App): string {
  if (app.kind === 'node') return FRAMEWORKS[app.framework]
  const version = app.major === undefined ? '' : ` ${app.major}`
  return `Next.js${version}, ${app.routers.join(' and ')} router`
}

/** What was found: the applications and the package manager. */
export function renderProject({ root, packageManager, apps }: Project): string {
  const names = apps.map(({ service }) => service)
  const width = Math.max(0, ...names.map(name => name.length))
  return [
    `${root} (${packageManager.name})`,
    ...apps.map(app => `  ${app.service.padEnd(width)}  ${describeApp(app)}  ${app.path || '.'}`),
    '',
  ].join('\n')
}

/** The list of files with what is done to each, then the diff. */
export function renderPlan(plan: Plan, terminal: Pick<Terminal, 'paint'>): string {
  const changes = changesOf(plan)
  const width = Math.max(0, ...changes.map(({ path }) => path.length))
  return [
    ...changes.map(change => `  ${signOf(change)} ${change.path.padEnd(width)}  ${change.what}`),
    '',
    renderDiff(changes, (kind, line) =>
      terminal.paint({ added: 'green', removed: 'red', place: 'dim' }[kind] as 'green', line),
    ),
  ].join('\n')
}

function signOf({ before, after }: Change): string {
  if (before === undefined) return '+'
  return after === undefined ? '-' : '~'
}

/** What a person has to do or should know. */
export function renderRemarks(remarks: readonly Remark[]): string {
  return remarks.map(({ at, what, fix }) => `${at || '.'}: ${what}\n  fix: ${fix}\n`).join('')
}

/** All remarks of a plan. */
export const remarksOf = ({ apps, remarks }: Plan): readonly Remark[] => [
  ...remarks,
  ...apps.flatMap(app => app.remarks),
]
