/** What is sold, and for how much a month. */
export const PLANS = {
  starter: { name: 'Starter', monthlyCents: 1_900, pitch: 'For one person and a few invoices.' },
  team: { name: 'Team', monthlyCents: 4_900, pitch: 'For a team that shares its customers.' },
  business: { name: 'Business', monthlyCents: 19_900, pitch: 'For a finance department.' },
} as const

export type Plan = keyof typeof PLANS

export const CURRENCY = 'EUR'
