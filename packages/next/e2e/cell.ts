/** One way to run a Next.js application with us. */
export interface Cell {
  readonly next: 15 | 16
  readonly bundler: 'turbopack' | 'webpack'
  readonly mode: 'dev' | 'start' | 'standalone'
  readonly way: 'register' | 'preload'
}

/** Every way that there is. */
export const ALL_CELLS: readonly Cell[] = ([16, 15] as const).flatMap(next =>
  (['turbopack', 'webpack'] as const).flatMap(bundler =>
    (['dev', 'start', 'standalone'] as const).flatMap(mode =>
      (['register', 'preload'] as const).map(way => ({ next, bundler, mode, way })),
    ),
  ),
)

/** The ways that differ most from each other: `npm test` runs these, `npm run test:matrix` runs all. */
export const USUAL_CELLS: readonly Cell[] = [
  { next: 16, bundler: 'turbopack', mode: 'start', way: 'register' },
  { next: 16, bundler: 'turbopack', mode: 'start', way: 'preload' },
  { next: 16, bundler: 'turbopack', mode: 'standalone', way: 'register' },
  { next: 16, bundler: 'turbopack', mode: 'dev', way: 'register' },
  { next: 15, bundler: 'webpack', mode: 'start', way: 'register' },
]

/** A cell as a person would say it. */
export function describeCell({ next, bundler, mode, way }: Cell): string {
  return `Next.js ${next}, ${bundler}, ${mode}, ${way}`
}
