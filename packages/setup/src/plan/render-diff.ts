import { structuredPatch } from 'diff'
import type { Change } from './change.ts'

/** Marks a line of a diff. */
export type PaintLine = (kind: 'added' | 'removed' | 'place', line: string) => string

/** Changes as a unified diff, file by file, with three lines around each. */
export function renderDiff(
  changes: readonly Change[],
  paint: PaintLine = (_, line) => line,
): string {
  return changes.map(change => renderFile(change, paint)).join('\n')
}

function renderFile({ path, before, after }: Change, paint: PaintLine): string {
  const { hunks } = structuredPatch(path, path, before ?? '', after ?? '', '', '', { context: 3 })
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: all }) => [
    paint('place', `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`),
    ...all.map(line => renderLine(line.replace(/\r$/, ''), paint)),
  ])
  const from = before === undefined ? '/dev/null' : `a/${path}`
  const to = after === undefined ? '/dev/null' : `b/${path}`
  return [`--- ${from}`, `+++ ${to}`, ...lines, ''].join('\n')
}

function renderLine(line: string, paint: PaintLine): string {
  if (line.startsWith('+')) return paint('added', line)
  if (line.startsWith('-')) return paint('removed', line)
  return line
}

/** Where lines stand; no lines stand after the one before them. */
const range = (start: number, lines: number): string =>
  `${lines === 0 ? start - 1 : start},${lines}`
