import { addToInstrumentation } from '../../edits/instrumentation-file.ts'
import type { Edited } from '../../edits/edited.ts'
import { readSource } from '../../edits/source.ts'
import { applySplices } from '../../edits/splice.ts'
import { insertLast } from '../../edits/tail-lines.ts'
import { fromRoot } from '../../plan/app-files.ts'
import { readText } from '../../plan/read-text.ts'
import type { NextApp } from '../../project/project.ts'
import type { Check, Complaint, Subject } from '../check.ts'
import { exportedNames, exportsOurs } from '../exported-ours.ts'
import { type Mend, mendFile } from '../mend-file.ts'
import { placeOf } from '../places.ts'
import { isNextPreloaded } from '../preloaded.ts'

/** REGISTER_MISSING, REQUEST_ERRORS_MISSING: whether the instrumentation file exports ours. */
export const checkInstrumentationExports: Check<NextApp> = subject => {
  const { app, project } = subject
  const path = app.instrumentation
  const read = path === undefined ? undefined : readSource(readText(path) ?? '', path)
  if (path === undefined || read?.ok !== true || !app.isInstalled) return []
  const { source } = read
  const lacks = (name: string): boolean => !exportsOurs(source, name, app.folder)
  const at = placeOf(project, path)
  const complaints: Complaint[] = []
  if (lacks('register') && !isNextPreloaded(subject)) {
    complaints.push({
      code: 'REGISTER_MISSING',
      level: 'error',
      at,
      what: 'it exports no register that calls ours',
      why: 'nothing starts Throughline with the server',
      fix: `add: export { register } from '@throughline/next'`,
      ...mendExport(subject, path, 'register'),
    })
  }
  if (lacks('onRequestError')) {
    complaints.push({
      code: 'REQUEST_ERRORS_MISSING',
      level: 'error',
      at,
      what: 'it exports no onRequestError that calls ours',
      why: 'errors of pages, route handlers and server actions are not recorded, and Sentry is not told of them',
      fix: `add: export { onRequestError } from '@throughline/next'`,
      ...mendExport(subject, path, 'onRequestError'),
    })
  }
  return complaints
}

/** Adds what is missing, where no other tracer would have to be set aside for it. */
function mendExport({ app, project }: Subject<NextApp>, path: string, name: string): Mend {
  if (app.others.some(({ at, conflicts }) => conflicts && at === fromRoot(project, path))) return {}
  return mendFile(project, path, text => {
    const edited = addToInstrumentation(text, { path })
    return !edited.ok || edited.text !== text ? edited : addExport(text ?? '', path, name)
  })
}

/** Exports one more of ours from a file that exports another. */
function addExport(text: string, path: string, name: string): Edited {
  const read = readSource(text, path)
  if (!read.ok) return read
  const { source } = read
  const isTaken = exportedNames(source).some(taken => taken === name || taken === '*')
  if (isTaken || !source.hasModuleSyntax) return { ok: true, text }
  const line = `export { ${name} } from ${source.quote}@throughline/next${source.quote}`
  return { ok: true, text: source.bom + applySplices(source.text, [insertLast(source, [line])]) }
}
