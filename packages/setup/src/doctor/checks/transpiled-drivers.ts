import type { NextApp } from '../../project/project.ts'
import type { Check } from '../check.ts'
import { readNextConfig, textsIn } from '../next-config-reading.ts'
import { placeOf } from '../places.ts'
import { TRACED_LIBRARIES } from '../traced-libraries.ts'

/** CONFIG_TRANSPILES_DRIVER: libraries that are bundled on request. */
export const checkTranspiledDrivers: Check<NextApp> = ({ app, project }) => {
  const path = app.config
  const lists = readNextConfig(path)?.propertiesOf('transpilePackages') ?? []
  return lists.flatMap(({ value, line }) =>
    textsIn(value)
      .filter(name => TRACED_LIBRARIES.includes(name))
      .map(name => ({
        code: 'CONFIG_TRANSPILES_DRIVER',
        level: 'error',
        at: placeOf(project, path ?? app.folder, line),
        what: `transpilePackages holds "${name}"`,
        why: `${name} is bundled into the application, and what is bundled is not traced`,
        fix: `take "${name}" out of transpilePackages`,
      })),
  )
}
