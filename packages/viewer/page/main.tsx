import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startLive } from './data/live.ts'
import { readPlace } from './location/paths.ts'
import './shell/base.css'
import { applyRememberedTheme } from './shell/theme.ts'
import { createTraceFeed } from './traces/trace-feed.ts'

const element = document.querySelector('#page')
if (element === null) throw new Error('index.html has no #page')
applyRememberedTheme()
const live = startLive('/api/live')
const traces = createTraceFeed(live)
const place = readPlace(window.location.pathname + window.location.search)
// The list is asked for before anything is drawn.
if (place.page === 'traces') traces.open(place.search)
createRoot(element).render(
  <StrictMode>
    <App live={live} traces={traces} />
  </StrictMode>,
)
