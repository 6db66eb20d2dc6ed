import { context, createContextKey, type Context } from '@opentelemetry/api'

const KEPT = createContextKey('throughline.next.kept-page')

/**
 * Context of the work on a page that Next.js calls `name`.
 *
 * The app router says `render` of a page that one visitor is given, and `prerender` of one that it keeps for all of them,
 * at build time or later; the pages router makes no difference between the two.
 */
export const enterPageRender = (name: string, active: Context): Context =>
  name.startsWith('render route (app) ') ? active : active.setValue(KEPT, true)

/** Whether the page that is rendered here may be kept and given to others, too. */
export const rendersForAll = (): boolean => context.active().getValue(KEPT) === true
