import type { ReactElement } from 'react'
import type { ServiceMap } from '../../src/api/service-map.ts'
import { Loading } from '../parts/empty-state.tsx'
import { Failure } from '../parts/failure.tsx'
import { MinutesChoice, useMinutes } from '../parts/minutes-choice.tsx'
import { NothingYet } from '../parts/nothing-yet.tsx'
import { PageBody, PageSentence } from '../parts/page-body.tsx'
import { useFreshResource } from '../parts/use-fresh-resource.ts'
import { useNarrow } from '../parts/use-narrow.ts'
import { useTitle } from '../parts/use-title.ts'
import { EdgeTable } from './edge-table.tsx'
import { MapDrawing } from './map-drawing.tsx'
import { summarizeMap } from './map-words.ts'
import './map.css'

/** Services and what they call: drawn, and as a table. */
export function MapPage(): ReactElement {
  useTitle('Map')
  const minutes = useMinutes()
  const { data, error, isSlow, answered, reload } = useFreshResource<ServiceMap>(
    minutes === undefined ? '/api/map' : `/api/map?minutes=${minutes}`,
  )
  return (
    <PageBody title="Map">
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {data === undefined && isSlow && <Loading />}
      {data !== undefined && <Answer map={data} answered={answered ?? ''} />}
    </PageBody>
  )
}

function Answer({
  map,
  answered,
}: {
  readonly map: ServiceMap
  readonly answered: string
}): ReactElement {
  const isNarrow = useNarrow()
  const isAll = useMinutes() === undefined
  if (map.nodes.length === 0 && isAll) return <NothingYet title="No service has been seen yet" />
  const drawing = <MapDrawing key="drawing" map={map} />
  const table = <EdgeTable key="table" map={map} answered={answered} />
  return (
    <>
      <PageSentence>
        {map.nodes.length === 0 ? 'Nothing called anything in that time.' : summarizeMap(map)}
      </PageSentence>
      <div className="filters">
        <MinutesChoice />
      </div>
      {map.nodes.length > 0 && (isNarrow ? [table, drawing] : [drawing, table])}
    </>
  )
}
