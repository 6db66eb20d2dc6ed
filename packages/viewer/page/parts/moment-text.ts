/** Gives a time since 1970 in words, as seen at `nowMs`; with milliseconds where it is to be exact. */
export type MomentFormat = (ms: number, nowMs: number, isExact: boolean) => string

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
const DAY = { month: 'short', day: 'numeric' } as const
const YEAR = { year: 'numeric' } as const
const DAY_MS = 86_400_000

/** Says a local time with its day where that is not within a day of now, and with its year where that is another one. */
export function createMomentFormat(locale?: string): MomentFormat {
  const near = createPair(locale, TIME)
  const thisYear = createPair(locale, { ...DAY, ...TIME })
  const anyYear = createPair(locale, { ...YEAR, ...DAY, ...TIME })
  return (ms, nowMs, isExact) => {
    const isNear = Math.abs(nowMs - ms) < DAY_MS
    const isThisYear = new Date(nowMs).getFullYear() === new Date(ms).getFullYear()
    const { plain, exact } = isNear ? near : isThisYear ? thisYear : anyYear
    return (isExact ? exact : plain).format(ms)
  }
}

function createPair(
  locale: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Readonly<Record<'plain' | 'exact', Intl.DateTimeFormat>> {
  return {
    plain: new Intl.DateTimeFormat(locale, options),
    exact: new Intl.DateTimeFormat(locale, { ...options, fractionalSecondDigits: 3 }),
  }
}
