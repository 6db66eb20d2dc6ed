import type { ReactElement } from 'react'
import { useParameter } from '../location/location.ts'
import { Choice } from './choice.tsx'

const MINUTES = ['5', '15', '60'] as const

/** Minutes that the address asks for; undefined is all that is stored. */
export function useMinutes(): string | undefined {
  const [minutes] = useParameter('minutes')
  return MINUTES.find(known => known === minutes)
}

/** How far back a page looks. */
export function MinutesChoice(): ReactElement {
  const [, setMinutes] = useParameter('minutes')
  return (
    <Choice label="time" value={useMinutes() ?? ''} onChoose={setMinutes}>
      <option value="">all that is stored</option>
      {MINUTES.map(minutes => (
        <option key={minutes} value={minutes}>
          last {minutes} minutes
        </option>
      ))}
    </Choice>
  )
}
