/** What the environment says. */
export interface Settings {
  readonly port: number
  readonly databaseUrl: string
  readonly paymentsUrl: string
  /** How long a report takes: of real ones some take twice as long as others. */
  readonly chooseReportSeconds: () => number
}

const SHORTEST_SECONDS = 20
const LONGEST_SECONDS = 40

/** Reads the environment; throws and names what is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const {
    DATABASE_URL: databaseUrl,
    PAYMENTS_URL: paymentsUrl = 'http://127.0.0.1:3002',
    PORT = '3003',
  } = environment
  if (databaseUrl === undefined) {
    throw new Error(
      'DATABASE_URL is not set; `npm start -w @throughline-example/database` starts one and prints it',
    )
  }
  const fixed = environment['REPORT_SECONDS']
  return {
    port: Number(PORT),
    databaseUrl,
    paymentsUrl,
    chooseReportSeconds: () =>
      fixed === undefined
        ? SHORTEST_SECONDS + Math.random() * (LONGEST_SECONDS - SHORTEST_SECONDS)
        : Number(fixed),
  }
}
