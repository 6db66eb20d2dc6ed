/** What the environment says. */
export interface Settings {
  readonly port: number
  readonly databaseUrl: string
  readonly paymentsUrl: string
}

/** Reads the environment; throws and names what is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const {
    DATABASE_URL: databaseUrl,
    PAYMENTS_URL: paymentsUrl = 'http://127.0.0.1:3002',
    PORT = '3001',
  } = environment
  if (databaseUrl === undefined) {
    throw new Error(
      'DATABASE_URL is not set; `npm start -w @throughline-example/database` starts one and prints it',
    )
  }
  return { port: Number(PORT), databaseUrl, paymentsUrl }
}
