import { formatCount } from './count-text.ts'
/** How often something happens, in the unit a person would say it in: `12 /s`, `3 /min`, `4 /h`. */
export function formatRate(perSecond: number): string {
  if (perSecond >= 1) return `${formatAmount(perSecond)} /s`
  if (perSecond * 60 >= 1) return `${formatAmount(perSecond * 60)} /min`
  return perSecond > 0 ? `${formatAmount(perSecond * 3600)} /h` : '0'
}

/** One of many as a share: `0.9 %`; what is there but small stays seen as `<0.1 %`. */
export function formatShare(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole
  if (percent > 0 && percent < 0.1) return '<0.1 %'
  // Not all of them is not 100 %.
  if (percent < 100 && percent > 99.5) return '>99 %'
  return `${formatAmount(percent)} %`
}

/** One decimal below ten, where it says something. */
function formatAmount(value: number): string {
  return value < 9.95 ? String(Math.round(value * 10) / 10) : formatCount(Math.round(value))
}
