import type { CallExpression, ObjectExpression } from 'oxc-parser'
import { constantObject, propertyOf } from './constant-text.ts'
import { textsOf } from './router-use.ts'
import type { SourceModule } from './source-module.ts'
import type { SourceTree } from './source-tree.ts'
import { keyOf, memberName, unwrap, walk } from './syntax.ts'

/** The versions that a controller or a method names. */
export type Versions = readonly string[] | 'none' | 'unreadable'

/** What an app of Nest puts before the paths of its controllers. */
export interface NestApp {
  /** What stands before a path with these versions; nothing when that cannot be read. */
  prefixesFor(versions: Versions): readonly string[] | undefined
  /** Whether a path is left without the prefix of the app. */
  isExcluded(path: string): boolean
}

interface Place {
  readonly module: SourceModule
  readonly sources: SourceTree
}

/** The texts under a key of an object; `otherwise` where it has no such key. */
export function textsUnder(
  object: ObjectExpression,
  key: string,
  place: Place,
  otherwise: readonly string[],
): readonly string[] | undefined {
  const value = propertyOf(object, key)
  if (value !== undefined) return textsOf(value, place)
  return object.properties.some(({ type }) => type === 'SpreadElement') ? undefined : otherwise
}

/** Reads `app.setGlobalPrefix(…)`, `app.enableVersioning(…)` and `RouterModule.register(…)`, wherever they are called. */
export function readNestApp(sources: SourceTree): NestApp {
  let prefix: string | undefined = ''
  let excluded: readonly string[] | undefined = []
  let versioning: Versioning = { form: 'none' }
  for (const { call, name, module } of findCalls(sources)) {
    const place = { module, sources }
    if (name === 'setGlobalPrefix') {
      prefix = prefix === '' ? textsOf(call.arguments[0], place)?.[0] : undefined
      excluded = readExcluded(call, place)
    } else if (name === 'enableVersioning') versioning = readVersioning(call, place)
    else prefix = undefined
  }
  const known = excluded === undefined ? undefined : prefix
  return {
    prefixesFor: given => {
      if (known === undefined || versioning.form === 'unknown') return undefined
      if (versioning.form === 'none') return [known]
      const versions = given === 'none' ? versioning.defaults : given
      if (versions === 'unreadable') return undefined
      return versions === 'none' ? [known] : versions.map(version => `${known}/v${version}`)
    },
    isExcluded: path => excluded?.includes(plain(path)) === true,
  }
}

function findCalls(
  sources: SourceTree,
): { readonly call: CallExpression; readonly name: string; readonly module: SourceModule }[] {
  return sources.paths.flatMap(path => {
    const module = sources.module(path)
    const found: { call: CallExpression; name: string; module: SourceModule }[] = []
    if (module === undefined) return found
    walk(module.program, node => {
      if (node.type !== 'CallExpression') return
      const callee = unwrap(node.callee)
      if (callee.type !== 'MemberExpression') return
      const name = memberName(callee) ?? ''
      const isRouter = name === 'register' && keyOf(callee.object) === 'RouterModule'
      if (isRouter || name === 'setGlobalPrefix' || name === 'enableVersioning')
        found.push({ call: node, name, module })
    })
    return found
  })
}

/** Paths of `setGlobalPrefix(prefix, { exclude: ['health', { path: 'ready', method }] })`. */
function readExcluded(call: CallExpression, place: Place): readonly string[] | undefined {
  const options = optionsOf(call.arguments[1], place)
  if (call.arguments[1] === undefined) return []
  const list = options && propertyOf(options.object, 'exclude')
  if (list === undefined) return options === undefined ? undefined : []
  const node = unwrap(list)
  if (node.type !== 'ArrayExpression') return undefined
  const inside = { ...place, module: options?.module ?? place.module }
  const paths = node.elements.map(element => {
    if (element === null || element.type === 'SpreadElement') return undefined
    const object = constantObject(element, inside.module, inside.sources)
    const path = object === undefined ? element : propertyOf(object.object, 'path')
    const text = path && textsOf(path, inside)?.[0]
    // A pattern leaves out more than one path.
    return text === undefined || /[*(:{]/.test(text) ? undefined : plain(text)
  })
  const known = paths.filter(path => path !== undefined)
  return known.length === paths.length ? known : undefined
}

const plain = (path: string): string => path.replaceAll(/^\/|\/$/g, '')

type Versioning =
  | { readonly form: 'none' }
  | { readonly form: 'unknown' }
  | { readonly form: 'uri'; readonly defaults: Versions }

/** Versions in addresses are what Nest does when it is not told otherwise. */
function readVersioning(call: CallExpression, place: Place): Versioning {
  if (call.arguments.length === 0) return { form: 'uri', defaults: 'none' }
  const options = optionsOf(call.arguments[0], place)
  if (options === undefined) return { form: 'unknown' }
  const type = propertyOf(options.object, 'type')
  const kind = type === undefined ? 'URI' : memberName(unwrap(type))
  if (kind === 'HEADER' || kind === 'MEDIA_TYPE' || kind === 'CUSTOM') return { form: 'none' }
  if (kind !== 'URI' || propertyOf(options.object, 'prefix') !== undefined)
    return { form: 'unknown' }
  const given = propertyOf(options.object, 'defaultVersion')
  if (given === undefined) return { form: 'uri', defaults: 'none' }
  const defaults = textsOf(given, { ...place, module: options.module }) ?? 'unreadable'
  return { form: 'uri', defaults }
}

const optionsOf = (
  argument: CallExpression['arguments'][number] | undefined,
  { module, sources }: Place,
): ReturnType<typeof constantObject> =>
  argument === undefined || argument.type === 'SpreadElement'
    ? undefined
    : constantObject(argument, module, sources)
