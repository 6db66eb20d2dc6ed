const PACKAGE_MANAGERS = /[\\/](npm|npx|pnpm|pnpx|yarn|yarnpkg|corepack|bun)(-cli)?(\.[cm]?js)?$/

/**
 * Whether `script` is an application, rather than the package manager that is about to start one.
 *
 * With `NODE_OPTIONS=--import …` both load the same modules, and telemetry in `npm start` would only take the port
 * of the application's metrics.
 */
export function runsApplication(script: string | undefined): boolean {
  return script === undefined || !PACKAGE_MANAGERS.test(script)
}
