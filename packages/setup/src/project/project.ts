/** What is there: a repository, and the applications in it that Throughline can go into. */
export interface Project {
  /** Absolute path of the folder whose workspaces hold the one that was asked about, else of the nearest with a package.json. */
  readonly root: string
  readonly packageManager: PackageManager
  /** By path. */
  readonly apps: readonly App[]
  /** What was looked at and is no application, or one that nothing can be done about, each with the reason. */
  readonly remarks: readonly Remark[]
}

/** Something that a person should know about, with what to do. */
export interface Remark {
  /** Path from the root. */
  readonly at: string
  readonly what: string
  readonly fix: string
}

export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun'
  /** Major version, where a file says which. */
  readonly major: number | undefined
  /** Whether packages are found in `node_modules`, which Yarn's Plug'n'Play has none of. */
  readonly hasNodeModules: boolean
}

export type App = NextApp | NodeApp

export interface AppBase {
  /** Path of its folder from the root, with `/`; empty for the root itself. */
  readonly path: string
  /** Absolute path of its folder. */
  readonly folder: string
  /** Name of its service: `OTEL_SERVICE_NAME` as a script or an `.env` file sets it, else that of its package.json. */
  readonly service: string
  readonly manifest: Manifest
  /** How Node reads its `.js` files. */
  readonly modules: 'esm' | 'cjs'
  readonly isTypeScript: boolean
  /** What else traces or reports, by what package.json and the sources say. */
  readonly others: readonly OtherTelemetry[]
  /** Whether a package of ours is among its dependencies. */
  readonly isInstalled: boolean
}

/** A package.json, as it stands. */
export interface Manifest {
  /** Absolute path. */
  readonly path: string
  readonly text: string
  readonly name: string | undefined
  readonly scripts: Readonly<Record<string, string>>
  /** `dependencies` and `devDependencies` in one. */
  readonly dependencies: Readonly<Record<string, string>>
}

export interface NextApp extends AppBase {
  readonly kind: 'next'
  /** Major version by package.json, or by what is installed. */
  readonly major: number | undefined
  readonly routers: readonly ('app' | 'pages')[]
  /** Folder, from that of the app, beside whose `app/` or `pages/` Next.js looks for `instrumentation.ts`: `''` or `src`. */
  readonly sourceFolder: '' | 'src'
  /** Absolute path of `next.config.*`; undefined where there is none. */
  readonly config: string | undefined
  /** Absolute path of `instrumentation.*`, where Next.js looks for it; undefined where there is none. */
  readonly instrumentation: string | undefined
}

export interface NodeApp extends AppBase {
  readonly kind: 'node'
  readonly framework: 'fastify' | 'express' | 'nest' | 'hono' | 'koa' | 'http'
  /** Absolute path of the source that is started; undefined where it cannot be told. */
  readonly entry: string | undefined
  /** Scripts of package.json that start it. */
  readonly starts: readonly StartScript[]
}

/** A script that starts the application. */
export interface StartScript {
  readonly name: string
  readonly command: string
  /** Whether its command takes `--import`: `node …` and `tsx …` do; `nest start`, `fastify start`, `nodemon` and `ts-node` do not. */
  readonly takesImport: boolean
}

/** Another thing that traces or reports. */
export interface OtherTelemetry {
  readonly name:
    | 'sentry'
    | 'vercel-otel'
    | 'opentelemetry-sdk'
    | 'dd-trace'
    | 'newrelic'
    | 'elastic-apm'
  /** Where it is started, as a path from the root; `package.json` where that is all that is known. */
  readonly at: string
  /** Whether it registers a tracer of its own, beside which ours cannot run. */
  readonly conflicts: boolean
  /** What to do about it, if anything. */
  readonly fix: string | undefined
}
