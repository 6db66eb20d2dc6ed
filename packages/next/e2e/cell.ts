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

/** A cell as a person would say it. */
export function describeCell({ next, bundler, mode, way }: Cell): string {
  return `Next.js ${next}, ${bundler}, ${mode}, ${way}`
}
