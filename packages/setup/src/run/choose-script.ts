import type { App } from '../project/project.ts'

/** Scripts that developers start an application by, the usual ones first. */
const USUAL = ['dev', 'start:dev', 'develop', 'serve', 'start']

/** The script of package.json that starts an application without a build; undefined where none does. */
export function chooseScript(app: App): string | undefined {
  const known = app.kind === 'next' ? [] : app.starts.map(({ name }) => name)
  const usual = USUAL.filter(name => name in app.manifest.scripts)
  return usual.find(name => known.includes(name)) ?? usual[0] ?? known[0]
}
