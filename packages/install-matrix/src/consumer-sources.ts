import { readPublicPackages } from '../../checks/src/workspace.ts'
import { toJson } from './app-files.ts'
import { RUNTIME_PACKAGES } from './consumer.ts'

/** A public entry of a package that runs in production. */
export interface Entry {
  /** As it is imported. */
  readonly specifier: string
  readonly hasTypes: boolean
}

/** Every public entry of the packages that run in production. */
export function listEntries(): Entry[] {
  return readPublicPackages()
    .filter(({ manifest }) => RUNTIME_PACKAGES.some(name => name === manifest.name))
    .flatMap(({ manifest: { name, exports = {} } }) =>
      Object.entries(exports)
        .filter(([path]) => !path.endsWith('.json'))
        .map(([path, target]) => ({
          specifier: `${name}${path.slice(1)}`,
          hasTypes: typeof target !== 'string',
        })),
    )
}

/** Files of a TypeScript project that imports every entry that has types. */
export function renderTypedConsumer(
  moduleResolution: 'nodenext' | 'bundler',
): Record<string, string> {
  const specifiers = listEntries()
    .filter(({ hasTypes }) => hasTypes)
    .map(({ specifier }) => specifier)
  const imports = specifiers.map(
    (specifier, index) => `import * as entry${index} from '${specifier}'`,
  )
  const names = specifiers.map((_, index) => `entry${index}`)
  return {
    'tsconfig.json': toJson({
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: 'es2024',
        lib: ['es2024', 'dom', 'dom.iterable'],
        module: moduleResolution === 'nodenext' ? 'nodenext' : 'preserve',
        moduleResolution,
        types: ['node'],
        skipLibCheck: true,
      },
      files: ['consumer.ts'],
    }),
    'consumer.ts': `${imports.join('\n')}

type IsAny<Value> = 0 extends 1 & Value ? true : false
const isAny: [${names.map(name => `IsAny<typeof ${name}>`).join(', ')}] = [${names.map(() => 'false').join(', ')}]

export { isAny }
`,
  }
}
