import type { Gap } from '../gap.ts'
import { findClockSkew } from './clock-skew.ts'
import { findDriverNotSeen } from './driver-not-seen.ts'
import { findEvicted } from './evicted.ts'
import type { GapSubject } from './gap-subject.ts'
import { findHeaderWithheld } from './header-withheld.ts'
import { findMalformed } from './malformed.ts'
import { findParentMissing } from './parent-missing.ts'
import { findSampledOut } from './sampled-out.ts'
import { findServiceNotInstrumented } from './service-not-instrumented.ts'
import { findSpansDropped } from './spans-dropped.ts'
import { findTraceRestarted } from './trace-restarted.ts'

/** What finds each reason, those first that explain most at the same place. */
const FINDERS: readonly ((subject: GapSubject) => Gap[])[] = [
  findMalformed,
  findParentMissing,
  findTraceRestarted,
  findHeaderWithheld,
  findServiceNotInstrumented,
  findSampledOut,
  findDriverNotSeen,
  findClockSkew,
  findSpansDropped,
  findEvicted,
]

/** Every gap of a trace, by place; what is about the whole trace comes last. */
export function findGaps(subject: GapSubject): Gap[] {
  return FINDERS.flatMap(find => find(subject)).toSorted(
    (a, b) => (a.span ?? Infinity) - (b.span ?? Infinity) || 0,
  )
}
