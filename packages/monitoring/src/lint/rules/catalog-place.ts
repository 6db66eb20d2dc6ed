import type { Catalog } from '@throughline/catalog'

/** A line of the catalog's file, as `file:line`. */
export const linePlace = ({ file }: Catalog, line: number): string => `${file}:${line}`
