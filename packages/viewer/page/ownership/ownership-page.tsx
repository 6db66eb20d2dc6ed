import type { OwnershipReport } from '@throughline/monitoring'
import { type ReactElement, useEffect } from 'react'
import type { OwnershipView, SeenRoute } from '../../src/api/ownership.ts'
import { useResource } from '../data/use-resource.ts'
import { Link } from '../location/link.tsx'
import { useLocation } from '../location/location.ts'
import { ownershipPath } from '../location/paths.ts'
import { Loading } from '../parts/empty-state.tsx'
import { Failure } from '../parts/failure.tsx'
import { PageBody, PageSentence } from '../parts/page-body.tsx'
import { useTitle } from '../parts/use-title.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { AlertsTab } from './alerts-tab.tsx'
import { AbsentCatalog, BrokenCatalog } from './catalog-notices.tsx'
import { ReviewsTab } from './reviews-tab.tsx'
import { RoutesTab } from './routes-tab.tsx'
import { ServicesTab } from './services-tab.tsx'
import { SummaryTab } from './summary-tab.tsx'
import { TeamsTab } from './teams-tab.tsx'
import './ownership.css'

interface TabProps {
  readonly report: OwnershipReport
  readonly seen: readonly SeenRoute[]
}

interface Tab {
  readonly name: string
  /** Part of the address; the first has none. */
  readonly path: string | undefined
  readonly Content: (props: TabProps) => ReactElement
}

const TABS: readonly Tab[] = [
  { name: 'To decide', path: undefined, Content: SummaryTab },
  { name: 'Services', path: 'services', Content: ServicesTab },
  { name: 'Routes', path: 'routes', Content: RoutesTab },
  { name: 'Alerts', path: 'alerts', Content: AlertsTab },
  { name: 'Teams', path: 'teams', Content: TeamsTab },
  { name: 'Exceptions and reviews', path: 'reviews', Content: ReviewsTab },
]

/** Who owns what, for who answers for it. */
export function OwnershipPage({ tab }: { readonly tab: string | undefined }): ReactElement {
  const shown = TABS.find(({ path = 'summary' }) => path === (tab ?? 'summary'))
  const address = useLocation()
  const { data, error, isSlow, reload } = useResource<OwnershipView>('/api/ownership')
  useEffect(() => {
    // Who comes back to the page may have edited the catalog.
    window.addEventListener('focus', reload)
    return () => window.removeEventListener('focus', reload)
  }, [reload])
  useTitle(shown === undefined ? 'Ownership' : `${shown.name} · Ownership`)
  if (shown === undefined) return <NotFoundPage path={address} />
  return (
    <PageBody title="Ownership">
      {error !== undefined && <Failure error={error} onRetry={reload} />}
      {data === undefined && isSlow && <Loading />}
      {data?.state === 'absent' && <AbsentCatalog onRetry={reload} />}
      {data?.state === 'broken' && (
        <BrokenCatalog file={data.file} problems={data.problems} onRetry={reload} />
      )}
      {data?.state === 'ready' && (
        <Report report={data.report} seen={data.unlistedSeen} shown={shown} onRetry={reload} />
      )}
    </PageBody>
  )
}

function Report({
  report,
  seen,
  shown,
  onRetry,
}: TabProps & { readonly shown: Tab; readonly onRetry: () => void }): ReactElement {
  return (
    <>
      <PageSentence>{report.sentence}</PageSentence>
      <p className="ownership-source muted">
        from <code>{report.catalog}</code>, on {report.on}{' '}
        <button type="button" className="quiet" onClick={onRetry}>
          Read it again
        </button>
      </p>
      <nav className="ownership-tabs" aria-label="Ownership">
        {TABS.map(({ name, path }) => (
          <Link
            key={name}
            href={ownershipPath(path)}
            aria-current={path === shown.path ? 'page' : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      <shown.Content report={report} seen={seen} />
    </>
  )
}
