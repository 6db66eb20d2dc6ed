import type { ReactElement } from 'react'
import type { SpanLinkView } from '../../src/api/trace.ts'
import { Link } from '../location/link.tsx'
import { tracePath } from '../location/paths.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { attributeText } from './attribute-text.ts'

/** Other traces that the span names: links where they are here. */
export function SpanLinks({ links }: { readonly links: readonly SpanLinkView[] }): ReactElement {
  return (
    <section className="links">
      <h3>Links</h3>
      <ul>
        {links.map(({ traceId, spanId, here, attributes }) => (
          <li key={`${traceId}-${spanId}`}>
            {here ? (
              <Link href={tracePath(traceId, spanId)}>
                trace <code>{traceId}</code>
              </Link>
            ) : (
              <>
                trace <code>{traceId}</code> <span className="muted">is not here</span>
              </>
            )}{' '}
            <CopyButton text={traceId} label="Copy id of the linked trace" />
            {Object.entries(attributes).map(([key, value]) => (
              <p key={key} className="event-attribute">
                <code className="muted">{key}</code> {attributeText(value)}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
