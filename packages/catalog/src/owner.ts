import type { Latency, Objective } from './catalog.ts'
import type { Audience, Role, Work } from './vocabulary.ts'

/** The line of the catalog that decided something. */
export interface DecidedBy {
  /** Name of the catalog's file, without its folder: it goes on spans. */
  readonly file: string
  readonly line: number
  /** `file:line`. */
  readonly at: string
  /** What stands there: a route's match, `host payments.example.com`, `web productionFix`, `org.defaultTeam`. */
  readonly rule: string
}

/**
 * Who answers for something.
 *
 * With a catalog `team` and `decidedBy` are always given: the rule that lists it, else the service's
 * `productionFix`, else the org's `defaultTeam`. Without one they are absent.
 */
export interface Owner {
  readonly team: string | undefined
  readonly audience: Audience | undefined
  readonly work: Work | undefined
  /** Set when no team lists it: on purpose (`by-design`), or since nobody wrote it down (`unlisted`). */
  readonly unowned: 'by-design' | 'unlisted' | undefined
  readonly decidedBy: DecidedBy | undefined
}

/** The team that has a role. */
export interface RoleHolder {
  readonly team: string | undefined
  readonly decidedBy: DecidedBy | undefined
}

/** What a route promises, and the line that says so. */
export interface DecidedObjective {
  readonly availability: Objective['availability']
  readonly latency: Latency | undefined
  readonly decidedBy: DecidedBy
}

/**
 * Answers who owns what. Every call gives an answer, whatever it is asked, and never throws; the same
 * answer is the same object, so a call costs no memory to speak of.
 */
export interface Resolver {
  /**
   * Owner of a request that `service` serves. `path` is a path or a route template in any notation:
   * `/v1/invoices/7`, `/invoices/[id]`, `/v1/invoices/:id`, `/files/[...path]`. The most specific rule wins:
   * segment by segment from the left, a literal before a wildcard for one segment before one for the rest;
   * then the very method before any.
   */
  route(service: string, method: string, path: string): Owner
  /**
   * Owner of a call from `service` to `host`, which may have a port: the dependency of the service, else the
   * team that runs the service which has that host. A rule with a port is only about that port.
   */
  host(service: string, host: string): Owner
  /** Owner of a call from `service` to the database `name`. */
  database(service: string, name: string): Owner
  /** Owner of the jobs of a queue: as `service` lists it, else as any service does. */
  queue(service: string | undefined, queue: string): Owner
  /**
   * The team that has a role: as the endpoint's route says, else the service, else the org's default team.
   * A route's own team fixes that route in production.
   */
  role(
    service: string,
    role: Role,
    endpoint?: { readonly method: string; readonly path: string },
  ): RoleHolder
  /** What the route that a request matches promises. */
  objective(service: string, method: string, path: string): DecidedObjective | undefined
  /** The service of the catalog that answers at `host`: trace headers may be sent there. */
  serviceByHost(host: string): string | undefined
}

const UNOWNED: Owner = {
  team: undefined,
  audience: undefined,
  work: undefined,
  unowned: 'unlisted',
  decidedBy: undefined,
}

const NOBODY: RoleHolder = { team: undefined, decidedBy: undefined }

/** The resolver of an application without a catalog, or with a broken one: everything is unlisted, and no team is named. */
export function createUnownedResolver(): Resolver {
  return {
    route: () => UNOWNED,
    host: () => UNOWNED,
    database: () => UNOWNED,
    queue: () => UNOWNED,
    role: () => NOBODY,
    objective: () => undefined,
    serviceByHost: () => undefined,
  }
}
