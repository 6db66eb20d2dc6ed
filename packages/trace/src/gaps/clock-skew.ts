import type { Skew } from '../clock-skew.ts'
import { formatDuration } from '../format-duration.ts'
import type { Gap } from '../gap.ts'
import type { GapSubject } from './gap-subject.ts'

/** Services whose clock was corrected. */
export function findClockSkew({ layout }: GapSubject): Gap[] {
  return layout.skews.map(tell)
}

function tell({ place, service, skewMs }: Skew): Gap {
  const amount = formatDuration(Math.abs(skewMs))
  const [is, moved] = skewMs > 0 ? ['behind', 'later'] : ['ahead', 'earlier']
  return {
    reason: 'clock-skew',
    weight: 'note',
    span: place,
    sentence: `The clock of ${service} is about ${amount} ${is}: its spans are shown ${amount} ${moved}.`,
    evidence: [
      `By its own clock a span of ${service} does not lie within the call that it answers, which cannot be.`,
    ],
    certain: true,
    mend: `Let the machine of ${service} keep its time by NTP.`,
    linked: undefined,
  }
}
