/** What becomes of a span that Next.js wants to make. */
export type SpanFate =
  /** Made, and marked with what Next.js did. */
  | { readonly fate: 'keep'; readonly kind: string }
  /** Not made: what runs in it belongs to the span around it. */
  | { readonly fate: 'skip' }
  /** Not made: it is the request itself, which already has its HTTP server span. */
  | { readonly fate: 'merge' }

const skip: SpanFate = { fate: 'skip' }
const merge: SpanFate = { fate: 'merge' }
const keep = (kind: string): SpanFate => ({ fate: 'keep', kind })

/**
 * The spans of Next.js 15 and 16 by `next.span_type`: those that say what an application did, and those that only say how
 * Next.js did it. What is not listed is kept, so that a span which Next.js adds is seen before it is judged.
 */
const FATES: Readonly<Record<string, SpanFate>> = {
  'BaseServer.handleRequest': merge,
  'Next.request': merge,

  'AppRender.getBodyResult': keep('page'),
  'AppRouteRouteHandlers.runHandler': keep('handler'),
  'Node.runHandler': keep('handler'),
  'Middleware.execute': keep('proxy'),
  'ResolveMetadata.generateMetadata': keep('metadata'),
  'Render.renderDocument': keep('page'),
  'Render.getServerSideProps': keep('page'),
  'Render.getStaticProps': keep('page'),

  // A fetch is one span, that of the fetch itself.
  'AppRender.fetch': skip,
  'AppRouteRouteModule.loadUserland': skip,
  'Instrumentation.loadModule': skip,
  'Instrumentation.register': skip,
  'LoadComponents.loadRouteModule': skip,
  'NextNodeServer.clientComponentLoading': skip,
  'NextNodeServer.createComponentTree': skip,
  'NextNodeServer.findPageComponents': skip,
  'NextNodeServer.getLayoutOrPageModule': skip,
  'NextNodeServer.startResponse': skip,
  'ResolveMetadata.generateViewport': skip,
  'RouteModule.prepare': skip,
}

/** What becomes of a span of `type`. */
export function fateOf(type: unknown): SpanFate {
  return FATES[String(type)] ?? keep('framework')
}
