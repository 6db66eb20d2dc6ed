/** What installs the packages of an application. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'yarn-berry'

/** What an application is made with. */
export interface Maker {
  /** Folder of the application; it exists and is empty. */
  readonly folder: string
  /** Runs the program of a package in a folder, as `npx` does. */
  readonly generate: (
    folder: string,
    packageName: string,
    ...args: readonly string[]
  ) => Promise<void>
}

/** A process of an application. */
export interface Service {
  /** Folder of its package.json, from that of the application. */
  readonly folder: string
  /** Script that starts it as in production, on the port that `PORT` says. */
  readonly script: string
  /** Variable that tells the services after it where it listens. */
  readonly urlVariable?: string
}

/** An application that has nothing of ours, and what is to be seen of it once it has. */
export interface App {
  readonly name: string
  /** Where it is from. */
  readonly about: string
  readonly packageManager: PackageManager
  readonly make: (maker: Maker) => Promise<void>
  /** Script that builds it, in its own folder; undefined where nothing is built. */
  readonly build?: string
  /** In the order in which they start; the last one gets the request. */
  readonly services: readonly Service[]
  /** Environment of its processes, as who runs them in production would set it. */
  readonly env?: Readonly<Record<string, string>>
  readonly request: string
  readonly trace: ExpectedTrace
  /** Most files that `init` may touch, beside its lock file and the catalog: three of Next.js, two of another service. */
  readonly mostFiles: number
}

/** The one trace that the request must make. */
export interface ExpectedTrace {
  /** Name of its root span. */
  readonly root: string
  /** Names of the services that have spans in it, sorted. */
  readonly services: readonly string[]
}
