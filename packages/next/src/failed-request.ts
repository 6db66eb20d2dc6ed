/** The request in which an error happened, as Next.js tells of it. */
export interface FailedRequest {
  readonly method: string
  readonly path: string
}

/** What Next.js tells of the place where an error happened. */
export interface RequestErrorContext {
  readonly routerKind: string
  readonly routePath: string
  readonly routeType: string
}
