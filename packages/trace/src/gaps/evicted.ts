import type { Gap } from '../gap.ts'
import type { GapSubject } from './gap-subject.ts'

/** Spans of the trace that were removed since. */
export function findEvicted({ surroundings }: GapSubject): Gap[] {
  if (surroundings.evicted !== true) return []
  return [
    {
      reason: 'evicted',
      weight: 'gap',
      span: undefined,
      sentence:
        'Older spans of this trace are gone: they were removed to make room for newer ones.',
      evidence: ['The viewer has removed spans of this trace.'],
      certain: true,
      mend: 'Keep more next time: throughline view --max-spans, and --max-mb.',
      linked: undefined,
    },
  ]
}
