import {
  type FormEvent,
  type KeyboardEvent,
  type ReactElement,
  useEffect,
  useEffectEvent,
  useRef,
} from 'react'
import { useLive } from '../data/live.ts'
import { useMeta } from '../data/meta.ts'
import { useKeys } from '../keyboard/use-keys.ts'
import { Link } from '../location/link.tsx'
import { navigate, useLocation } from '../location/location.ts'
import {
  MAP_PATH,
  ownershipPath,
  readPlace,
  ROUTES_PATH,
  tracePath,
  tracesPath,
} from '../location/paths.ts'
import './header.css'
import { ThemeSwitch } from './theme-switch.tsx'
import { formatCount } from '../parts/count-text.ts'

const TRACE_ID = /^[0-9a-f]{32}$/i

const PAGES = [
  { name: 'Traces', href: tracesPath(), pages: ['traces', 'trace'] },
  { name: 'Routes', href: ROUTES_PATH, pages: ['routes'] },
  { name: 'Map', href: MAP_PATH, pages: ['map'] },
  { name: 'Ownership', href: ownershipPath(), pages: ['ownership'] },
] as const

/** What stands on top of every page: search, what is being received, and where to go. */
export function Header({ onHelp }: { readonly onHelp: () => void }): ReactElement {
  const place = readPlace(useLocation())
  return (
    <header className="header">
      <div className="header-top">
        <Link className="brand" href="/traces">
          throughline
        </Link>
        <Search shown={place.page === 'traces' ? place.search : ''} />
        <Received />
        <button
          type="button"
          className="quiet"
          onClick={onHelp}
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
        >
          ?
        </button>
        <ThemeSwitch />
      </div>
      <nav aria-label="Pages">
        {PAGES.map(({ name, href, pages }) => (
          <Link
            key={name}
            href={href}
            aria-current={(pages as readonly string[]).includes(place.page) ? 'page' : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
    </header>
  )
}

function Search({ shown }: { readonly shown: string }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current !== null) input.current.value = shown
  }, [shown])
  const leave = useEffectEvent(() => {
    if (shown !== '' && input.current?.value === '') navigate(tracesPath())
  })
  useEffect(() => {
    const element = input.current
    // What its × makes known, which React does not know of.
    element?.addEventListener('search', leave)
    return () => element?.removeEventListener('search', leave)
  }, [])
  useKeys({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const text = input.current?.value.trim() ?? ''
    navigate(TRACE_ID.test(text) ? tracePath(text.toLowerCase()) : tracesPath(text))
    input.current?.blur()
  }
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Escape') return
    // A browser would empty it.
    event.preventDefault()
    const { currentTarget } = event
    currentTarget.value = shown
    currentTarget.blur()
  }
  return (
    <form className="search" role="search" onSubmit={submit}>
      <input
        ref={input}
        name="q"
        type="search"
        defaultValue={shown}
        onKeyDown={press}
        autoComplete="off"
        spellCheck={false}
        aria-label="Search traces"
        placeholder="/ search: id, route, text, team:billing status:error >500ms"
      />
    </form>
  )
}

/** What has been received, and by whom. */
function Received(): ReactElement {
  const { stored, isLost } = useLive()
  const meta = useMeta()
  if (isLost) return <p className="received received-lost">not connected</p>
  if (stored === undefined) return <p className="received" />
  const services = meta?.services.length ?? 0
  return (
    <p className="received" title={meta && `collector: ${meta.endpoint}`}>
      <i className="live-mark" aria-hidden="true" /> live · {count(stored.traces, 'trace')}
      {services > 0 && <span className="received-services"> · {count(services, 'service')}</span>}
      <span className="received-collector"> · collector: this viewer</span>
    </p>
  )
}

const count = (number: number, noun: string): string =>
  `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`
