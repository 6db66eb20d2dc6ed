import type { ReactElement } from 'react'
import { cutAtMatches } from './find-text.ts'

/** A text in which what is looked for is marked. */
export function FoundText({
  text,
  find,
}: {
  readonly text: string
  readonly find: string
}): ReactElement {
  if (find === '') return <>{text}</>
  return (
    <>
      {cutAtMatches(text, find).map(({ text: piece, isMatch }, place) =>
        isMatch ? <mark key={place}>{piece}</mark> : <span key={place}>{piece}</span>,
      )}
    </>
  )
}
