import type { ReactElement } from 'react'
import type { SpanDetail, TraceView } from '../../src/api/trace.ts'
import { AttributeList } from './attribute-list.tsx'
import { groupAttributes, isQuery, queryOf } from './attribute-groups.ts'
import { EventList } from './event-list.tsx'
import { GapItem } from './gap-item.tsx'
import { RawJson } from './raw-json.tsx'
import { SpanLinks } from './span-links.tsx'
import { SpanLogs } from './span-logs.tsx'
import { SqlBlock } from './sql-block.tsx'

/** What is asked for when a span is chosen: its query, attributes, events, links, logs, and where it comes from. */
export function SpanRest({
  trace,
  place,
  detail,
}: {
  readonly trace: TraceView
  readonly place: number
  readonly detail: SpanDetail
}): ReactElement {
  const { attributes, events, links, resource, scope, dropped, traceState } = detail
  const query = queryOf(attributes)
  const gaps = trace.gaps.filter(({ span }) => span === place)
  const logs = trace.logs.filter(({ span }) => span === place)
  const shown =
    query === undefined
      ? attributes
      : Object.fromEntries(Object.entries(attributes).filter(([key]) => !isQuery(key)))
  return (
    <>
      {gaps.map((gap, index) => (
        <GapItem key={index} gap={gap} />
      ))}
      {query !== undefined && <SqlBlock sql={query} />}
      {events.length > 0 && <EventList events={events} />}
      {groupAttributes(shown).map(group => (
        <AttributeList key={group.title} group={group} />
      ))}
      {links.length > 0 && <SpanLinks links={links} />}
      {logs.length > 0 && <SpanLogs logs={logs} />}
      <DroppedNote dropped={dropped} />
      <AttributeList group={{ title: 'Ids', attributes: named(idsOf(detail)) }} />
      <details className="details-more">
        <summary>Resource and scope</summary>
        <AttributeList
          group={{
            title: 'Scope',
            attributes: named({
              name: scope.name,
              ...(scope.version !== '' && { version: scope.version }),
            }),
          }}
        />
        <AttributeList group={{ title: 'Resource', attributes: named(resource) }} />
        {traceState !== '' && (
          <AttributeList
            group={{ title: 'Trace state', attributes: named({ tracestate: traceState }) }}
          />
        )}
      </details>
      <RawJson value={detail} />
    </>
  )
}

const named = (
  values: SpanDetail['resource'],
): ReturnType<typeof groupAttributes>[0]['attributes'] =>
  Object.entries(values).map(([key, value]) => ({ key, name: key, value }))

const idsOf = ({
  traceId,
  spanId,
  parentSpanId,
  name,
  kind,
}: SpanDetail): SpanDetail['resource'] => ({
  'trace id': traceId,
  'span id': spanId,
  ...(parentSpanId !== undefined && { 'parent span id': parentSpanId }),
  'span name': name,
  kind,
})

function DroppedNote({ dropped }: Pick<SpanDetail, 'dropped'>): ReactElement | null {
  const words = (['attributes', 'events', 'links'] as const)
    .filter(thing => dropped[thing] > 0)
    .map(thing => `${dropped[thing]} ${thing}`)
  if (words.length === 0) return null
  return (
    <p className="details-dropped">
      {words.join(' and ')} of this span were dropped where it was made: it had more than its limits
      allow.
    </p>
  )
}
