import type { ReactElement } from 'react'
import type { RouteRow } from '../../src/api/routes.ts'
import { PROMISE_WORDS, type PromiseState, promiseState } from './route-promise.ts'

const SIGNS: Readonly<Record<PromiseState, string>> = {
  met: '✓',
  missed: '✕',
  unknown: '?',
  none: '',
}

/** Whether a route keeps its promises: in a word, and, when it is opened, what is promised and what was measured. */
export function PromiseCell({ row }: { readonly row: RouteRow }): ReactElement {
  const state = promiseState(row)
  if (state === 'none') return <span className="muted">{PROMISE_WORDS.none}</span>
  const lines = row.objectives.map(({ promise, measured }) => `${promise}: measured ${measured}`)
  return (
    <details className={`promise promise-${state}`}>
      <summary title={lines.join('\n')}>
        <span aria-hidden="true">{SIGNS[state]}</span> {PROMISE_WORDS[state]}
      </summary>
      <dl>
        {row.objectives.map(objective => (
          <div key={objective.promise} className={`promise-${objective.state}`}>
            <dt>{objective.promise}</dt>
            <dd>
              measured {objective.measured},{' '}
              <span className="promise-word">{PROMISE_WORDS[objective.state]}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
