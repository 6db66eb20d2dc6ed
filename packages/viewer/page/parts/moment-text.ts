const DAY_MS = 86_400_000
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * Gives a time since 1970 in words, local, as seen at `nowMs`: with its day where that is not within a day of now, with its year where that
 * is another one, and with milliseconds where it is to be exact. Without the browser's own formats, whose first use takes 30 ms.
 */
export function formatMoment(ms: number, nowMs: number, isExact: boolean): string {
  const date = new Date(ms)
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')
  const exact = isExact ? `${time}.${String(date.getMilliseconds()).padStart(3, '0')}` : time
  if (Math.abs(nowMs - ms) < DAY_MS) return exact
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`
  const isThisYear = new Date(nowMs).getFullYear() === date.getFullYear()
  return `${day}${isThisYear ? '' : ` ${date.getFullYear()}`}, ${exact}`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
