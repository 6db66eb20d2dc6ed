import type { Edited, Removed } from './edited.ts'
import { readSource, type Source } from './source.ts'

/** Gives an edit that is a source still and that can be taken out exactly; any other is refused. */
export function confirmEdit(
  { bom, text, path }: Source,
  added: string,
  remove: (text: string) => Removed,
): Edited {
  const read = readSource(bom + added, path)
  const removed = read.ok ? remove(bom + added) : undefined
  if (removed?.kind === 'edited' && removed.text === bom + text)
    return { ok: true, text: bom + added }
  return {
    ok: false,
    why: `line 1: ${path} is written in a way that an edit could not be taken out of exactly`,
    fix: `Edit ${path} by hand, as the documentation of Throughline shows.`,
  }
}
