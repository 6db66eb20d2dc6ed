/** An application that uses a library, written in one of the two formats of modules. */
export interface Cell {
  /** As a person would say it. */
  readonly name: string
  readonly format: 'ES modules' | 'CommonJS'
  /** Its file in packages/fixture-node. */
  readonly file: string
}

/** An application with `library` in either format, since each is loaded, and so patched, in another way. */
export function cellsOf(library: string): Cell[] {
  const app = `${library.toLowerCase()}-app`
  return [
    { name: `${library}, ES modules`, format: 'ES modules', file: `${app}.mjs` },
    { name: `${library}, CommonJS`, format: 'CommonJS', file: `${app}.cjs` },
  ]
}
