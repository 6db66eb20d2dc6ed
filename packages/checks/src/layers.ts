/** Where one of our packages stands, and on which of ours it may depend. */
export interface Layer {
  /** A package depends on lower levels only. */
  readonly level: number
  /** Runs in the user's production process; the rest is tooling. */
  readonly runtime: boolean
  readonly mayImport: readonly string[]
}

/** The architecture. An arrow is added here first, by review. */
export const layers: Readonly<Record<string, Layer>> = {
  '@throughline/conventions': { level: 0, runtime: true, mayImport: [] },
  '@throughline/catalog': { level: 1, runtime: true, mayImport: ['@throughline/conventions'] },
  '@throughline/otlp': { level: 1, runtime: false, mayImport: ['@throughline/conventions'] },
  '@throughline/node': {
    level: 2,
    runtime: true,
    mayImport: ['@throughline/conventions', '@throughline/catalog'],
  },
  '@throughline/next': {
    level: 3,
    runtime: true,
    mayImport: ['@throughline/node', '@throughline/conventions'],
  },
  '@throughline/monitoring': {
    level: 3,
    runtime: false,
    mayImport: ['@throughline/conventions', '@throughline/catalog'],
  },
  '@throughline/trace': {
    level: 2,
    runtime: false,
    mayImport: ['@throughline/conventions', '@throughline/catalog', '@throughline/otlp'],
  },
  '@throughline/testing': {
    level: 3,
    runtime: false,
    mayImport: ['@throughline/otlp', '@throughline/trace'],
  },
  '@throughline/viewer': {
    level: 4,
    runtime: false,
    mayImport: [
      '@throughline/conventions',
      '@throughline/catalog',
      '@throughline/otlp',
      '@throughline/trace',
      '@throughline/monitoring',
    ],
  },
  '@throughline/setup': {
    level: 4,
    runtime: false,
    mayImport: [
      '@throughline/conventions',
      '@throughline/catalog',
      '@throughline/otlp',
      '@throughline/trace',
      '@throughline/monitoring',
    ],
  },
  throughline: {
    level: 5,
    runtime: false,
    mayImport: [
      '@throughline/conventions',
      '@throughline/catalog',
      '@throughline/monitoring',
      '@throughline/node',
      '@throughline/otlp',
      '@throughline/setup',
      '@throughline/trace',
      '@throughline/viewer',
    ],
  },
}
