import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { addToInstrumentation } from '../../edits/instrumentation-file.ts'
import { fromRoot, instrumentationOf } from '../../plan/app-files.ts'
import { readText } from '../../plan/read-text.ts'
import { writeFiles } from '../../plan/write-files.ts'
import type { NextApp, Project } from '../../project/project.ts'
import type { Check } from '../check.ts'
import { type Mend, mendFile } from '../mend-file.ts'
import { placeOf } from '../places.ts'

const FOLDERS = ['', 'src', 'app', 'src/app', 'pages', 'src/pages']
const ENDINGS = ['ts', 'js', 'tsx', 'jsx', 'mts', 'mjs', 'cts', 'cjs']

const WHY = 'Next.js does not load it, so register() and onRequestError() are not called'

/** INSTRUMENTATION_MISSING, INSTRUMENTATION_MISPLACED: whether Next.js finds what starts us. */
export const checkInstrumentationPlace: Check<NextApp> = ({ app, project }) => {
  if (!app.isInstalled || app.instrumentation !== undefined) return []
  const right = instrumentationOf(app)
  const wrong = FOLDERS.flatMap(folder =>
    ENDINGS.map(ending => join(app.folder, folder, `instrumentation.${ending}`)),
  ).find(path => existsSync(path))
  if (wrong === undefined) {
    return [
      {
        code: 'INSTRUMENTATION_MISSING',
        level: 'error',
        at: placeOf(project, app.folder) || undefined,
        what: `there is no ${fromRoot(project, right)}`,
        why: 'nothing starts Throughline with the server, and errors are not recorded',
        fix: `write ${fromRoot(project, right)} with: export { register, onRequestError } from '@throughline/next'`,
        ...mendFile(project, right, text => addToInstrumentation(text, { path: right })),
      },
    ]
  }
  const ending = /\.[jt]sx?$/.exec(wrong)?.[0]
  const target = ending === undefined ? right : right.replace(/\.[jt]sx?$/, ending)
  return [
    {
      code: 'INSTRUMENTATION_MISPLACED',
      level: 'error',
      at: placeOf(project, wrong),
      what: `${basename(wrong)} is where Next.js does not look for it`,
      why: WHY,
      fix: `move it to ${fromRoot(project, target)}, beside the folder of the router`,
      ...move(project, wrong, target),
    },
  ]
}

/** Moves a file that says nothing about where it lies. */
function move(project: Project, from: string, to: string): Mend {
  if (/['"]\.{1,2}\//.test(readText(from) ?? '') || existsSync(to)) return {}
  return {
    mend: async () => {
      const text = readText(from)
      if (text === undefined || existsSync(to)) return []
      writeFiles([
        { path: to, text },
        { path: from, text: undefined },
      ])
      return [fromRoot(project, to), fromRoot(project, from)]
    },
  }
}
