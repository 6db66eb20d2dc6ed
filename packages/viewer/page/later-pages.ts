import { lazy } from 'react'

const importTrace = () => import('./trace/trace-page.tsx')
const importRoutes = () => import('./routes/routes-page.tsx')
const importMap = () => import('./map/map-page.tsx')
const importOwnership = () => import('./ownership/ownership-page.tsx')

// Scripts of their own, so that the list of traces does not wait for them.
export const TracePage = lazy(async () => ({ default: (await importTrace()).TracePage }))
export const RoutesPage = lazy(async () => ({ default: (await importRoutes()).RoutesPage }))
export const MapPage = lazy(async () => ({ default: (await importMap()).MapPage }))
export const OwnershipPage = lazy(async () => ({
  default: (await importOwnership()).OwnershipPage,
}))

/** Fetches the pages that are not shown yet: then they are there when they are wanted, also where the viewer is gone. */
export async function fetchLaterPages(): Promise<void> {
  await Promise.all([importTrace(), importRoutes(), importMap(), importOwnership()])
}
