import type { TraceView } from '../../src/api/trace.ts'
import type { Row } from './rows.ts'

/** Whether a row holds a text, whatever the case of its letters; nothing holds an empty one. */
export function createMatcher(trace: TraceView, text: string): (row: Row) => boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return () => false
  const holds = (value: string | undefined): boolean =>
    value !== undefined && value.toLowerCase().includes(wanted)
  return ({ kind, place }) => {
    if (kind === 'gap') return holds(trace.gaps[place]?.sentence)
    if (kind === 'log') return holds(trace.logs[place]?.body)
    const span = trace.spans[place]
    return [span?.title, span?.failure, span?.service, span?.team, span?.spanId].some(holds)
  }
}

/** A piece of a text. */
interface Piece {
  readonly text: string
  readonly isMatch: boolean
}

/** Cuts a text at every place where `wanted` stands in it. */
export function cutAtMatches(text: string, wanted: string): Piece[] {
  const small = wanted.trim().toLowerCase()
  const lower = text.toLowerCase()
  // Some letters change their length with their case; places in the one are then no places in the other.
  if (small === '' || lower.length !== text.length) return [{ text, isMatch: false }]
  const pieces: Piece[] = []
  let from = 0
  for (let at = lower.indexOf(small); at !== -1; at = lower.indexOf(small, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), isMatch: false })
    from = at + small.length
    pieces.push({ text: text.slice(at, from), isMatch: true })
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMatch: false })
  return pieces
}
