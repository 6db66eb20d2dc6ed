import { join } from 'node:path'
import type { Edited, Removed } from '../edits/edited.ts'
import type { Project, Remark } from '../project/project.ts'
import { fromRoot } from './app-files.ts'
import type { Change } from './change.ts'
import { readText } from './read-text.ts'

/** Edits of files that are gathered before anything is written. Several of one file are one change. */
export interface EditList {
  /** Edits a file. Gives whether it could be; where not, why is among the remarks. */
  edit(path: string, what: string, edit: (text: string | undefined) => Edited): boolean
  /** Takes our part out of a file, and removes the file where nothing else was in it. */
  takeOut(path: string, what: string, remove: (text: string) => Removed): void
  /** Removes a file. */
  remove(path: string, what: string): void
  remark(path: string, what: string, fix: string): void
  readonly changes: readonly Change[]
  readonly remarks: readonly Remark[]
}

export function createEditList(project: Pick<Project, 'root'>): EditList {
  const changes = new Map<string, Change>()
  const remarks: Remark[] = []
  const note = (path: string, after: string | undefined, what: string): void => {
    const key = fromRoot(project, path)
    const known = changes.get(key)
    const before = known === undefined ? readText(path) : known.before
    if (after === before) return void changes.delete(key)
    const all = known === undefined ? what : `${known.what}, ${what}`
    changes.set(key, { path: key, before, after, what: all })
  }
  const current = (path: string): string | undefined => {
    const known = changes.get(fromRoot(project, path))
    return known === undefined ? readText(path) : known.after
  }
  const remark = (path: string, what: string, fix: string): void =>
    void remarks.push({ at: fromRoot(project, path), what, fix })
  return {
    edit(path, what, edit) {
      const text = current(path)
      const edited = edit(text)
      if (!edited.ok) remark(path, edited.why, edited.fix)
      else if (edited.text !== text) note(path, edited.text, what)
      return edited.ok
    },
    takeOut(path, what, remove) {
      const text = current(path)
      const removed: Removed = text === undefined ? { kind: 'untouched' } : remove(text)
      if (removed.kind === 'empty') note(path, undefined, 'removes what throughline init made')
      if (removed.kind === 'edited') note(path, removed.text, what)
      if (removed.kind === 'left') remark(path, removed.why, removed.fix)
    },
    remove: (path, what) => note(path, undefined, what),
    remark,
    get changes() {
      return [...changes.values()]
    },
    get remarks() {
      return remarks
    },
  }
}

/** Absolute path of a change. */
export const pathOf = (project: Pick<Project, 'root'>, { path }: Change): string =>
  join(project.root, path)
