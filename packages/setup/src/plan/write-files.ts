import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { readText } from './read-text.ts'

/** A file and what it is to hold; undefined where it is to go. */
export interface Write {
  /** Absolute. */
  readonly path: string
  readonly text: string | undefined
}

/** What a file is called while it is written. Always the same, so that what a process left that was killed is written over, or found. */
export const draftOf = (path: string): string => `${path}.throughline.tmp`

/**
 * Writes files so that nobody reads half of one: all are written beside their places first, then moved there in this order. Where one
 * cannot be, those that were are put back, and it throws.
 *
 * A process that is killed while they are moved leaves each file as it was or as it should be, and the first of them moved.
 */
export function writeFiles(writes: readonly Write[]): void {
  const places = writes.map(write => ({ ...write, path: followLink(write.path) }))
  const before = new Map<string, string | undefined>()
  try {
    for (const { path, text } of places) if (text !== undefined) writeDraft(path, text)
    for (const { path, text } of places) {
      before.set(path, text === undefined || isFile(path) ? readText(path) : undefined)
      move(path, text)
    }
  } catch (error) {
    for (const { path } of places) rmSync(draftOf(path), { force: true })
    const moved = [...before].slice(0, -1)
    for (const [path, text] of moved.toReversed()) restore(path, text)
    throw error
  }
}

/** Writes one file as a whole or not at all: a full disk leaves the old one. */
export function writeWhole(path: string, text: string): void {
  writeFiles([{ path, text }])
}

/** Where a path leads: a link stays one. */
function followLink(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // It is not there yet.
    return path
  }
}

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true

function writeDraft(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const mode = statSync(path, { throwIfNoEntry: false })?.mode
  rmSync(draftOf(path), { force: true })
  writeFileSync(draftOf(path), text, mode === undefined ? {} : { mode: mode & 0o777 })
}

function move(path: string, text: string | undefined): void {
  if (text === undefined) rmSync(path, { force: true })
  else renameSync(draftOf(path), path)
}

function restore(path: string, text: string | undefined): void {
  if (text !== undefined) writeDraft(path, text)
  move(path, text)
}
