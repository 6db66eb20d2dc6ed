/** How Next.js runs. */
export type Mode = 'development' | 'production'

/** The mode of this process: `next dev` says so in `NODE_ENV`. */
export const currentMode = (): Mode =>
  process.env['NODE_ENV'] === 'development' ? 'development' : 'production'
