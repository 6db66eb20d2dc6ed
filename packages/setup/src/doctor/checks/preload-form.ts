import { setScript } from '../../edits/manifest-edit.ts'
import type { Check, Complaint, Subject } from '../check.ts'
import { type Mend, mendFile } from '../mend-file.ts'
import { placeInManifest } from '../places.ts'
import { NEXT_PRELOAD, NODE_PRELOAD, preloadsIn } from '../preload-options.ts'
import { type Start, startsOf } from '../start-scripts.ts'

/** PRELOAD_OF_NODE_IN_NEXT, PRELOAD_BY_REQUIRE: a preload that is not the right one, or not loaded in the right way. */
export const checkPreloadForm: Check = subject => {
  const { app, project, settings } = subject
  const sources = [
    ...startsOf(app).map(start => ({
      text: start.command,
      at: placeInManifest(project, app, ['scripts', start.name]),
      start,
    })),
    ...settings
      .filter(({ name, at }) => name === 'NODE_OPTIONS' && !at?.includes('package.json'))
      .map(({ value, at }) => ({ text: value, at, start: undefined })),
  ]
  return sources.flatMap(({ text, at, start }): Complaint[] => {
    const found = preloadsIn(text).find(({ target }) =>
      [NODE_PRELOAD, NEXT_PRELOAD].includes(target),
    )
    if (found === undefined) return []
    if (app.kind === 'next' && found.target === NODE_PRELOAD) {
      return [
        {
          code: 'PRELOAD_OF_NODE_IN_NEXT',
          level: 'error',
          at,
          what: `${NODE_PRELOAD} is loaded into Next.js`,
          why: 'it comes first, so register() starts nothing, and the spans are those that Next.js makes by itself',
          fix: `use ${NEXT_PRELOAD} instead, or none: register() in the instrumentation file is enough`,
          ...mendScript(subject, start, NODE_PRELOAD, NEXT_PRELOAD),
        },
      ]
    }
    if (found.flag !== 'require') return []
    return [
      {
        code: 'PRELOAD_BY_REQUIRE',
        level: 'warning',
        at,
        what: `${found.target} is loaded with --require`,
        why: 'it is an ES module and is tested with --import only',
        fix: `write --import ${found.target}`,
        ...mendScript(subject, start, /(--require|-r)([\s=]+["']?@throughline\/)/, '--import$2'),
      },
    ]
  })
}

/** Replaces a part of a script; what is set elsewhere is for a person to change. */
function mendScript(
  { app, project }: Subject,
  start: Start | undefined,
  part: string | RegExp,
  by: string,
): Mend {
  if (start === undefined) return {}
  return mendFile(project, app.manifest.path, text =>
    setScript(text ?? '', start.name, start.command.replace(part, by)),
  )
}
