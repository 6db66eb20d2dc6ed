import { type Node, type ParseError, parseTree } from 'jsonc-parser'
import type { Edited, Removed } from './edited.ts'
import { leaveUnread, lineAt, type Refusal } from './source.ts'
import { applySplices, cut, insertAt, type Splice } from './splice.ts'

/** Adds a dependency, or sets the range of one that is there: in its place by the alphabet where the list is sorted, else last. */
export function addDependency(text: string, name: string, range: string): Edited {
  const { root, refusal } = readManifest(text)
  if (root === undefined) return refusal
  return setMember(text, root, 'dependencies', name, range)
}

/** Takes a dependency out, and the list with it where {@link addDependency} made the list. */
export function removeDependency(text: string, name: string): Removed {
  const { root, refusal } = readManifest(text)
  if (root === undefined) return leaveUnread(text, refusal)
  const list = findMember(root, 'dependencies')
  const object = list?.children?.[1]
  const member = object?.type === 'object' ? findMember(object, name) : undefined
  if (list === undefined || object === undefined || member === undefined)
    return { kind: 'untouched' }
  // A list that was there empty has its entry right after the brace.
  const isMade = object.children?.length === 1 && object.offset + 1 !== member.offset
  const splice = isMade ? removeMember(root, list) : removeMember(object, member)
  return { kind: 'edited', text: applySplices(text, [splice]) }
}

/** Sets the command of a script, which is added where there is none of that name. */
export function setScript(text: string, name: string, command: string): Edited {
  const { root, refusal } = readManifest(text)
  if (root === undefined) return refusal
  return setMember(text, root, 'scripts', name, command)
}

type ReadManifest =
  | { readonly root: Node; readonly refusal?: undefined }
  | { readonly root: undefined; readonly refusal: Refusal }

function readManifest(text: string): ReadManifest {
  const errors: ParseError[] = []
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors)
  const [error] = errors
  if (error === undefined && root?.type === 'object') return { root }
  return {
    root: undefined,
    refusal: {
      ok: false,
      why: `line ${lineAt(text, error?.offset ?? 0)}: package.json is no JSON object`,
      fix: 'Mend the syntax of package.json, and try again.',
    },
  }
}

function setMember(text: string, root: Node, key: string, name: string, value: string): Edited {
  const object = findMember(root, key)?.children?.[1]
  if (object !== undefined && object.type !== 'object') {
    return {
      ok: false,
      why: `line ${lineAt(text, object.offset)}: "${key}" is no object`,
      fix: `Make "${key}" an object, and try again.`,
    }
  }
  const splice =
    object === undefined
      ? insertList(text, root, key, `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      : setEntry(text, object, name, value)
  return { ok: true, text: applySplices(text, splice === undefined ? [] : [splice]) }
}

function setEntry(text: string, object: Node, name: string, value: string): Splice | undefined {
  const there = findMember(object, name)?.children?.[1]
  if (there !== undefined) {
    if (there.value === value) return undefined
    return { start: there.offset, end: endOf(there), text: JSON.stringify(value) }
  }
  const names = namesOf(object)
  const isSorted = names.every((each, index) => index === 0 || (names[index - 1] ?? '') <= each)
  const before = isSorted ? names.findIndex(each => each > name) : -1
  const entry = JSON.stringify(name) + colonOf(text, object) + JSON.stringify(value)
  return insertEntry(text, object, entry, before)
}

/** Makes the list: before those that it stands before by custom, else after the scripts, else last. */
function insertList(text: string, root: Node, key: string, entry: string): Splice {
  const names = namesOf(root)
  const followers = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']
  const follower = names.findIndex(each => followers.includes(each))
  const scripts = names.indexOf('scripts')
  const before = follower >= 0 ? follower : scripts >= 0 ? scripts + 1 : -1
  const gap = gapOf(text, root)
  const [, eol, indent] = /(\r?\n)([ \t]*)$/.exec(gap) ?? []
  const list =
    eol === undefined ? `{ ${entry} }` : `{${eol}${indent}${indent}${entry}${eol}${indent}}`
  return insertEntry(text, root, JSON.stringify(key) + colonOf(text, root) + list, before)
}

/** Puts an entry before the one of a number, or last. */
function insertEntry(text: string, object: Node, entry: string, before: number): Splice {
  const entries = object.children ?? []
  const next = entries[before]
  const last = entries.at(-1)
  if (next !== undefined) return insertAt(next.offset, `${entry},${gapOf(text, object)}`)
  return last === undefined
    ? insertAt(object.offset + 1, entry)
    : insertAt(endOf(last), `,${gapOf(text, object)}${entry}`)
}

function removeMember(object: Node, member: Node): Splice {
  const entries = object.children ?? []
  const at = entries.indexOf(member)
  const next = entries[at + 1]
  const previous = entries[at - 1]
  if (next !== undefined) return cut(member.offset, next.offset)
  return cut(previous === undefined ? member.offset : endOf(previous), endOf(member))
}

const endOf = ({ offset, length }: Node): number => offset + length

const namesOf = (object: Node): string[] =>
  (object.children ?? []).map(({ children }) => String(children?.[0]?.value))

const findMember = (object: Node, name: string): Node | undefined =>
  object.children?.find(({ children }) => children?.[0]?.value === name)

/** White space before the last entry. */
const gapOf = (text: string, object: Node): string =>
  /\s*$/.exec(text.slice(object.offset + 1, object.children?.at(-1)?.offset ?? 0))?.[0] ?? ''

/** What stands between a key and its value. */
function colonOf(text: string, object: Node): string {
  const [key, value] = object.children?.at(-1)?.children ?? []
  return key === undefined || value === undefined ? ': ' : text.slice(endOf(key), value.offset)
}
