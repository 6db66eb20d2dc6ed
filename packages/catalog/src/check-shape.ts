import type { CheckContext } from './draft.ts'
import { nearest } from './nearest.ts'
import type {
  ChoiceShape,
  Field,
  ListShape,
  MapShape,
  NumberShape,
  ObjectShape,
  Shape,
  TeamShape,
  TextShape,
} from './shape.ts'
import type { YamlEntry, YamlMap, YamlNode } from './yaml-node.ts'
import { describe, exampleOf, quote, writeScalar } from './wording.ts'

/** Where a value stands: the key that names it, and the offset that counts as its first line. */
interface Place {
  readonly key: string
  readonly start: number
}

/**
 * Makes of `node` what `shape` says, and reports everything that is wrong with it.
 *
 * What is not valid is left out: an item of a list is dropped, a field is `undefined`. So the rules that
 * look at the whole can run in the same pass, and all problems come at once.
 */
export function checkShape(
  shape: Shape,
  node: YamlNode,
  place: Place,
  context: CheckContext,
): unknown {
  if (node.kind === 'scalar' && node.value === null) {
    const fix = `write it, as in ${place.key}: ${exampleOf(shape)}, or remove the key`
    context.report(node.start, `"${place.key}" has no value`, fix)
    return undefined
  }
  switch (shape.kind) {
    case 'text':
      return checkText(shape, node, place, context)
    case 'choice':
      return checkChoice(shape, node, place, context)
    case 'number':
      return checkNumber(shape, node, place, context)
    case 'boolean':
      return checkBoolean(node, place, context)
    case 'team':
      return checkTeam(shape, node, place, context)
    case 'list':
      return checkList(shape, node, place, context)
    case 'map':
      return checkMap(shape, node, place, context)
    case 'object':
      return checkObject(shape, node, place, context)
  }
}

function checkText(
  { format }: TextShape,
  node: YamlNode,
  { key }: Place,
  context: CheckContext,
): unknown {
  if (node.kind !== 'scalar') {
    return refuse(
      node,
      `"${key}" is ${describe(node)}, not ${format.noun}`,
      `write ${key}: ${writeScalar(format.example)}`,
      context,
    )
  }
  const written = String(node.value)
  if (typeof node.value !== 'string') {
    const meant = format.parse(written) === undefined ? format.example : written
    return refuse(
      node,
      `"${key}" is ${describe(node)}, not ${format.noun}`,
      `write "${meant}", in quotes`,
      context,
    )
  }
  const value = format.parse(written)
  if (value !== undefined) return value
  const meant = format.mend?.(written)
  const shown = quote(format.show?.(written) ?? written)
  const fix =
    meant === undefined
      ? `write it as in ${writeScalar(format.example)}`
      : `write ${writeScalar(meant)}`
  return refuse(node, `"${key}" is ${shown}, which is not ${format.noun}`, fix, context)
}

function checkChoice(
  { values }: ChoiceShape,
  node: YamlNode,
  { key }: Place,
  context: CheckContext,
): unknown {
  const value = node.kind === 'scalar' ? node.value : undefined
  if ((values as readonly unknown[]).includes(value)) return value
  const meant =
    values.find(candidate => String(candidate) === String(value)) ??
    (values.length === 1 ? values[0] : nearest(String(value ?? ''), values.map(String)))
  const fix = meant === undefined ? `write one of: ${values.join(', ')}` : `write ${meant}`
  const known = values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`
  return refuse(node, `"${key}" is ${describe(node)}, not ${known}`, fix, context)
}

function checkNumber(
  shape: NumberShape,
  node: YamlNode,
  { key }: Place,
  context: CheckContext,
): unknown {
  const value = node.kind === 'scalar' ? node.value : undefined
  if (typeof value === 'number' && value >= shape.from && value < shape.below) return value
  const meant =
    typeof value === 'number' || typeof value === 'string' ? shape.mend(value) : undefined
  const message = `"${key}" is ${describe(node)}, not a number from ${shape.from} to below ${shape.below}`
  return refuse(
    node,
    message,
    meant === undefined ? `write it as in ${shape.example}` : `write ${meant}`,
    context,
  )
}

function checkBoolean(node: YamlNode, { key }: Place, context: CheckContext): unknown {
  const value = node.kind === 'scalar' ? node.value : undefined
  if (typeof value === 'boolean') return value
  const meant = typeof value === 'string' && /^(no|off|false|n)$/i.test(value) ? 'false' : 'true'
  return refuse(node, `"${key}" is ${describe(node)}, not true or false`, `write ${meant}`, context)
}

function checkTeam(
  { placed }: TeamShape,
  node: YamlNode,
  { key }: Place,
  context: CheckContext,
): unknown {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    return refuse(
      node,
      `"${key}" is ${describe(node)}, not the id of a team`,
      'write the id of one team',
      context,
    )
  }
  const team = node.value
  context.references.push({ key, team, node })
  return placed ? { team, line: context.source.line(node.start) } : team
}

function checkList(
  { item }: ListShape,
  node: YamlNode,
  { key }: Place,
  context: CheckContext,
): unknown {
  if (node.kind !== 'list') {
    const fix =
      node.kind === 'scalar'
        ? `write ${key}: [${writeScalar(String(node.value))}]`
        : `start each entry under ${key} with "- "`
    return refuse(node, `"${key}" is ${describe(node)}, not a list`, fix, context)
  }
  return node.items
    .map(value => {
      if (value.kind !== 'scalar' || value.value !== null) {
        return checkShape(item, value, { key, start: value.start }, context)
      }
      const fix = `write it, as in - ${exampleOf(item)}, or remove it`
      return refuse(value, `"${key}" has an empty entry`, fix, context)
    })
    .filter(value => value !== undefined)
}

function checkMap(shape: MapShape, node: YamlNode, { key }: Place, context: CheckContext): unknown {
  if (node.kind !== 'map') {
    const fix = `write ${key}: ${exampleOf(shape)}`
    return refuse(node, `"${key}" is ${describe(node)}, not a mapping`, fix, context)
  }
  if (shape.atLeastOne && node.entries.length === 0) {
    context.report(node.start, `"${key}" is empty`, `write ${key}: ${exampleOf(shape)}`)
  }
  const values = new Map<string, unknown>()
  for (const entry of distinct(node, context).values()) {
    if (shape.key.parse(entry.key) === undefined) {
      const meant = shape.key.mend?.(entry.key)
      const fix = meant === undefined ? `write it as in ${shape.key.example}` : `write ${meant}`
      context.report(entry.keyStart, `"${entry.key}" is not ${shape.key.noun}`, fix)
    }
    values.set(
      entry.key,
      checkShape(shape.value, entry.value, { key: entry.key, start: entry.keyStart }, context),
    )
  }
  return values
}

function checkObject(
  shape: ObjectShape,
  node: YamlNode,
  place: Place,
  context: CheckContext,
): unknown {
  if (node.kind !== 'map') {
    const fix = `write ${place.key}: ${exampleOf(shape)}`
    return refuse(node, `"${place.key}" is ${describe(node)}, not a mapping`, fix, context)
  }
  const written = distinct(node, context)
  const meant = reportUnknownKeys(shape, written, context)
  reportMissingKeys(shape, node, key => written.has(key) || meant.includes(key), context)

  const made: Record<string, unknown> = {}
  for (const key in shape.fields) {
    const field = shape.fields[key]
    if (field !== undefined) made[key] = checkField(key, field, written.get(key), context)
  }
  made['line'] = context.source.line(place.start)
  context.origins.set(made, node)
  return made
}

function checkField(
  key: string,
  { shape, required }: Field,
  entry: YamlEntry | undefined,
  context: CheckContext,
): unknown {
  if (entry !== undefined) {
    return checkShape(shape, entry.value, { key, start: entry.keyStart }, context)
  }
  if (required) return undefined
  if (shape.kind === 'list') return []
  return shape.kind === 'map' ? new Map() : undefined
}

/** Reports keys that the shape does not have; gives those that were probably meant. */
function reportUnknownKeys(
  { noun, fields }: ObjectShape,
  written: ReadonlyMap<string, YamlEntry>,
  context: CheckContext,
): readonly string[] {
  const unknown: YamlEntry[] = []
  for (const entry of written.values()) if (!Object.hasOwn(fields, entry.key)) unknown.push(entry)
  if (unknown.length === 0) return []
  const known = Object.keys(fields)
  const free = known.filter(key => !written.has(key))
  return unknown.flatMap(({ key, keyStart }) => {
    const near = nearest(key, free)
    const fix =
      near === undefined ? `remove it; the keys here are ${known.join(', ')}` : `write "${near}"`
    const message = `${noun} has no key "${key}"`
    context.report(
      keyStart,
      message,
      key === '<<' ? 'write the keys out: merge keys are not read' : fix,
    )
    return near === undefined ? [] : [near]
  })
}

function reportMissingKeys(
  { noun, fields, exactlyOne = [], atLeastOne = [] }: ObjectShape,
  node: YamlMap,
  isThere: (key: string) => boolean,
  context: CheckContext,
): void {
  const example = (key: string): string => {
    const shape = fields[key]?.shape
    return shape === undefined ? key : `${key}: ${exampleOf(shape)}`
  }
  for (const key in fields) {
    if (fields[key]?.required === true && !isThere(key))
      context.report(node.start, `${noun} lacks "${key}"`, `add ${example(key)}`)
  }
  const [one = '', other = ''] = exactlyOne
  const chosen = exactlyOne.filter(isThere)
  if (exactlyOne.length > 0 && chosen.length === 0) {
    context.report(
      node.start,
      `${noun} has neither "${one}" nor "${other}"`,
      `add ${example(one)}, or ${example(other)}`,
    )
  }
  if (chosen.length > 1) {
    const second = node.entries.findLast(({ key }) => chosen.includes(key))
    context.report(
      second?.keyStart ?? node.start,
      `${noun} has both "${one}" and "${other}"`,
      'remove one of them',
    )
  }
  if (atLeastOne.length > 0 && !atLeastOne.some(isThere)) {
    const [first = ''] = atLeastOne
    context.report(
      node.start,
      `${noun} has none of "${atLeastOne.join('", "')}"`,
      `add ${example(first)}`,
    )
  }
}

/** The entries of a mapping by key, without those whose key stands above already, which are reported. */
function distinct({ entries }: YamlMap, context: CheckContext): ReadonlyMap<string, YamlEntry> {
  const first = new Map<string, YamlEntry>()
  for (const entry of entries) {
    const above = first.get(entry.key)
    if (above === undefined) {
      first.set(entry.key, entry)
      continue
    }
    const line = context.source.line(above.keyStart)
    context.report(
      entry.keyStart,
      `key "${entry.key}" stands on line ${line} already`,
      'rename it, or merge the two',
    )
  }
  return first
}

function refuse(
  { start }: YamlNode,
  message: string,
  fix: string,
  context: CheckContext,
): undefined {
  context.report(start, message, fix)
}
