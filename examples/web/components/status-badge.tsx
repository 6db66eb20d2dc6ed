import type { ReactNode } from 'react'

export function StatusBadge({ status }: { readonly status: string }): ReactNode {
  return <span className={`badge ${status}`}>{status}</span>
}
