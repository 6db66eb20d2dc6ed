import { readText } from '../../plan/read-text.ts'
import type { NextApp } from '../../project/project.ts'
import type { Check } from '../check.ts'
import { readDockerfiles } from '../dockerfile.ts'
import { readNextConfig } from '../next-config-reading.ts'
import { placeOf } from '../places.ts'
import { valueOf } from '../settings.ts'

/** STANDALONE_CATALOG: a standalone build that leaves the catalog behind. */
export const checkStandaloneCatalog: Check<NextApp> = ({ app, project, context, settings }) => {
  if (context.catalog === undefined || app.config === undefined) return []
  const [output] = (readNextConfig(app.config)?.propertiesOf('output') ?? []).filter(
    ({ value }) => value.type === 'Literal' && value.value === 'standalone',
  )
  const isCarried = [
    readText(app.config) ?? '',
    ...Object.values(app.manifest.scripts),
    ...readDockerfiles(app, project).flatMap(({ lastStage }) =>
      lastStage.filter(({ word }) => /^(COPY|ADD)$/.test(word)).map(({ rest }) => rest),
    ),
  ].some(text => text.includes('ownership.yaml'))
  if (output === undefined || isCarried || valueOf(settings, 'THROUGHLINE_CATALOG') !== undefined)
    return []
  return [
    {
      code: 'STANDALONE_CATALOG',
      level: 'warning',
      at: placeOf(project, app.config, output.line),
      what: `output is 'standalone', and nothing copies ownership.yaml beside its server.js`,
      why: 'the build does not carry the catalog, so where it is deployed spans have no team',
      fix: 'copy ownership.yaml into .next/standalone, or name it in THROUGHLINE_CATALOG',
    },
  ]
}
