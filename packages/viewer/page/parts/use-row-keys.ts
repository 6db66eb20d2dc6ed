import type { RefObject } from 'react'
import { useKeys } from '../keyboard/use-keys.ts'

/** Lets `j` and `k` move the focus down and up the first links of a table's rows; Enter opens, as it does on any link. */
export function useRowKeys(table: RefObject<HTMLElement | null>): void {
  const move = (by: number): void => {
    const rows = [...(table.current?.querySelectorAll('tbody tr') ?? [])]
    const links = rows.flatMap(row => row.querySelector('a') ?? [])
    const place = rows.findIndex(row => row.contains(document.activeElement))
    links[Math.max(0, Math.min(links.length - 1, place === -1 ? 0 : place + by))]?.focus()
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
}
