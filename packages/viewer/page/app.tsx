import { type ReactElement, useRef, useState } from 'react'
import { useCurrentMeta } from './data/current-meta.ts'
import { type Live, LiveContext } from './data/live.ts'
import { MetaContext } from './data/meta.ts'
import { useKeys } from './keyboard/use-keys.ts'
import { useLocation } from './location/location.ts'
import { type Place, readPlace } from './location/paths.ts'
import { MapPage } from './map/map-page.tsx'
import { OwnershipPage } from './ownership/ownership-page.tsx'
import { Failure } from './parts/failure.tsx'
import { RoutesPage } from './routes/routes-page.tsx'
import { BrokenPage } from './shell/broken-page.tsx'
import { CatalogBanner } from './shell/catalog-banner.tsx'
import { Header } from './shell/header.tsx'
import { HelpDialog } from './shell/help-dialog.tsx'
import { LostBanner } from './shell/lost-banner.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { useArrival } from './shell/use-arrival.ts'
import { TracePage } from './trace/trace-page.tsx'
import type { TraceFeed } from './traces/trace-feed.ts'
import { TracesPage } from './traces/traces-page.tsx'

/** What lives longer than what is drawn of it. */
interface AppProps {
  readonly live: Live
  readonly traces: TraceFeed
}

/** The whole page. */
export function App({ live, traces }: AppProps): ReactElement {
  const [isHelpOpen, setHelpOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  const meta = useCurrentMeta(live)
  const place = readPlace(useLocation())
  const arrival = useArrival(main, place)
  useKeys({ '?': () => setHelpOpen(true) })
  return (
    <LiveContext value={live}>
      <MetaContext value={meta.data}>
        <a
          className="skip-link"
          href="#content"
          onClick={event => {
            event.preventDefault()
            main.current?.focus()
          }}
        >
          Skip to content
        </a>
        <Header onHelp={() => setHelpOpen(true)} />
        <LostBanner />
        {place.page !== 'ownership' && <CatalogBanner />}
        <p className="visually-hidden" role="status">
          {arrival}
        </p>
        <main id="content" ref={main} tabIndex={-1}>
          {/* That the viewer does not answer is said already. */}
          {meta.error !== undefined && meta.error.status !== 0 && (
            <Failure error={meta.error} onRetry={meta.reload} />
          )}
          <BrokenPage key={place.page}>
            <Content place={place} traces={traces} />
          </BrokenPage>
        </main>
        <HelpDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      </MetaContext>
    </LiveContext>
  )
}

function Content({
  place,
  traces,
}: Pick<AppProps, 'traces'> & { readonly place: Place }): ReactElement {
  switch (place.page) {
    case 'traces':
      return <TracesPage search={place.search} feed={traces} />
    case 'trace':
      return <TracePage key={place.traceId} traceId={place.traceId} spanId={place.spanId} />
    case 'routes':
      return <RoutesPage />
    case 'map':
      return <MapPage />
    case 'ownership':
      return <OwnershipPage tab={place.tab} />
    case 'unknown':
      return <NotFoundPage path={place.path} />
  }
}
