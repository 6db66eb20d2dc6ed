import { freeName, idOf } from './names.ts'

/** Somebody whom CODEOWNERS names. */
export type Owner =
  | { readonly kind: 'team'; readonly handle: string }
  /** `@mira`, `mira@example.com`, `@@maintainer`. */
  | { readonly kind: 'person'; readonly handle: string }
  | { readonly kind: 'unknown'; readonly handle: string }

export function readOwner(handle: string): Owner {
  if (/^@[\w.-]+(\/[\w.-]+)+$/.test(handle)) return { kind: 'team', handle }
  if (/^@{1,2}[\w.-]+$/.test(handle) || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(handle)) {
    return { kind: 'person', handle }
  }
  return { kind: 'unknown', handle }
}

/** Gives each handle of a team an id: the end of it, or all of it where two end alike. */
export function nameTeams(
  handles: Iterable<string>,
  known: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const taken = new Set<string>(known.values())
  for (const handle of handles) {
    if (ids.has(handle)) continue
    const given = known.get(handle)
    const short = idOf(handle.split('/').at(-1) ?? handle)
    const id = given ?? (taken.has(short) ? freeName(idOf(handle), taken) : short)
    taken.add(id)
    ids.set(handle, id)
  }
  return ids
}
