import type { CodeownersEntry } from './codeowners-lines.ts'

/** What a pattern of CODEOWNERS is about. */
export type Place =
  | { readonly kind: 'everything' }
  /** A folder and all below it; one that is not anchored may be anywhere. */
  | { readonly kind: 'folder'; readonly path: string; readonly anchored: boolean }
  | { readonly kind: 'file' }
  | { readonly kind: 'glob' }

export function placeOf(pattern: string): Place {
  if (/^\/?\*{1,2}$/.test(pattern) || pattern === '/' || pattern === '/**/*') {
    return { kind: 'everything' }
  }
  const path = pattern
    .replace(/^\.?\//, '')
    .replace(/^\*\*\//, '')
    .replace(/(\/\*\*(\/\*)?|\/\*|\/)$/, '')
  if (/[*?[\]{}]/.test(path)) return { kind: 'glob' }
  const last = path.split('/').at(-1) ?? ''
  const endsAsFolder = /\/(\*\*(\/\*)?|\*)?$/.test(pattern)
  if (!endsAsFolder && (/.\.\w+$/.test(last) || /^[A-Z]/.test(last))) return { kind: 'file' }
  // As in .gitignore: a slash at the start or in the middle anchors.
  const anchored = !pattern.startsWith('**/') && (pattern.startsWith('/') || path.includes('/'))
  return { kind: 'folder', path, anchored }
}

/** Folders that hold other folders, each its own thing. */
const CONTAINERS =
  /^(apps?|applications|backends?|clients?|cmd|examples|frontends?|libs?|modules|packages|projects|servers?|services|sites|src|workers?)$/

/** Folders that are part of no running service. */
const NEVER =
  /^(\..+|assets|bin|build|charts|ci|config|configs|deploy|docs?|documentation|e2e|fixtures|helm|infra|infrastructure|k8s|migrations|public|scripts|static|terraform|tests?|third[-_]party|tools|vendor)$/

/** Why a folder is not the folder of a service, or nothing when it may be one. */
export function whyNoService(path: string): string | undefined {
  const segments = path.split('/')
  const last = segments.at(-1) ?? ''
  if (segments.some(segment => NEVER.test(segment))) return 'is not the folder of a service'
  return CONTAINERS.test(last) ? 'holds the folders of several services' : undefined
}

export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`)

/** Who owns a folder: the last entry that takes it, once for each section that does. */
export function entriesFor(
  path: string,
  entries: readonly CodeownersEntry[],
): readonly CodeownersEntry[] {
  const bySection = new Map<string, CodeownersEntry>()
  for (const entry of entries) {
    if (takes(placeOf(entry.pattern), path)) bySection.set(entry.section, entry)
  }
  return [...bySection.values()]
}

function takes(place: Place, path: string): boolean {
  if (place.kind === 'everything') return true
  if (place.kind !== 'folder') return false
  return place.anchored ? isWithin(path, place.path) : `/${path}/`.includes(`/${place.path}/`)
}
