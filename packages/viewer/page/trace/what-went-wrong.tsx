import type { ReactElement } from 'react'
import type { FailureView } from '../../src/api/trace.ts'
import { TeamChip } from '../parts/team-chip.tsx'
import { wordChannel } from './channel-words.ts'
import { ShowSpan, type ShowSpanProps } from './show-span.tsx'

/** What made the trace fail, who answers for it, and how they are reached. */
export function WhatWentWrong({
  failure,
  trace,
  onShow,
}: { readonly failure: FailureView } & Omit<ShowSpanProps, 'place' | 'children'>): ReactElement {
  const { sentence, team, decidedBy, page, people } = failure
  return (
    <section className="trace-wrong" aria-labelledby="trace-wrong-title">
      <h2 id="trace-wrong-title">What went wrong</h2>
      <p className="trace-wrong-sentence">{endSentence(sentence)}</p>
      <p>
        Owner of this call: <TeamChip team={team} />
        {decidedBy !== undefined && (
          <>
            {' '}
            (<code>{decidedBy}</code>)
          </>
        )}
        {page !== undefined && (
          <>
            {' · page '}
            <strong>{wordChannel(page)}</strong>
          </>
        )}
        {people !== undefined && (
          <>
            {' · people '}
            <strong>{wordChannel(people)}</strong>
          </>
        )}
        {' · '}
        <ShowSpan trace={trace} place={failure.span} onShow={onShow}>
          Show in trace
        </ShowSpan>
      </p>
    </section>
  )
}

const endSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
