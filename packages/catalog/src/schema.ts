import type {
  Assignment,
  Catalog,
  Channels,
  Decision,
  Dependency,
  Exception,
  Latency,
  Links,
  Locations,
  Objective,
  Org,
  Queue,
  Roles,
  Route,
  Service,
  Team,
  Trigger,
} from './catalog.ts'
import * as format from './formats.ts'
import {
  boolean,
  choice,
  defaulted,
  list,
  map,
  object,
  optional,
  required,
  team,
  text,
} from './shape.ts'
import type { NumberShape, Shape } from './shape.ts'
import {
  AUDIENCES,
  CRITICALITIES,
  EXCEPTION_RULES,
  LIFECYCLES,
  SERVICE_KINDS,
  WORKS,
} from './vocabulary.ts'

const placedTeam: Shape<Assignment> = { kind: 'team', placed: true }

const percentage: NumberShape & Shape<number> = {
  kind: 'number',
  from: 1,
  below: 100,
  example: '99.9',
  mend: written => {
    const value = typeof written === 'number' ? written : Number.parseFloat(written)
    if (value > 0 && value < 1) return String(Number((value * 100).toPrecision(6)))
    return value >= 1 && value < 100 ? String(value) : undefined
  },
}

const links = object<Links>('links', {
  grafana: optional(text(format.address), 'Address of Grafana.'),
  runbooks: optional(text(format.address), 'Address of the folder of runbooks.'),
})

const org = object<Org>('org', {
  github: optional(text(format.githubOrganisation), 'GitHub organisation.'),
  defaultTeam: required(
    placedTeam,
    'Team that answers for whatever the catalog gives to no other.',
  ),
  leads: defaulted(list(text(format.handle)), 'Who reviews changes of ownership.'),
  links: optional(links, 'Where people find what alerts and dashboards point to.'),
})

const channels = object<Channels>('channels', {
  people: optional(text(format.channel), 'Where to talk to the team.'),
  page: optional(
    text(format.channel),
    'Who is woken, as `pagerduty:env:PD_BILLING`: the secret stays in that variable.',
  ),
  ticket: optional(text(format.channel), 'Where work that can wait until the morning goes.'),
  notice: optional(text(format.channel), 'Where changes worth knowing are told.'),
})

const teamShape = object<Team>('team', {
  name: required(text(format.words), 'Name as people say it.'),
  lead: optional(text(format.handle), 'Who leads the team.'),
  github: optional(text(format.handle), 'GitHub team.'),
  sentry: optional(text(format.words), 'Slug of the team in Sentry.'),
  channels: optional(channels, 'How to reach the team.'),
  reviewedAt: optional(text(format.date), 'When the team last reviewed what it owns.'),
})

const roles = object<Roles & { line: number }>('roles', {
  productionFix: optional(placedTeam, 'Who fixes it in production.'),
  schemaApproval: optional(placedTeam, 'Who approves a change of its schemas.'),
  authReview: optional(placedTeam, 'Who reviews a change of who may do what.'),
  performance: optional(placedTeam, 'Who watches how fast it is.'),
  productNotice: optional(placedTeam, 'Who tells product that a change can ship.'),
  telemetry: optional(placedTeam, 'Who keeps its traces, metrics and logs right.'),
  data: optional(placedTeam, 'Who answers for its data.'),
  incidentComms: optional(placedTeam, 'Who speaks during an incident.'),
})

const locations = object<Locations>('locations', {
  logs: optional(text(format.words), 'Address or path of its logs.'),
  dashboards: optional(text(format.words), 'Address or path of its dashboards, or `generated`.'),
  alerts: optional(text(format.words), 'Address or path of its alerts, or `generated`.'),
  rateLimits: optional(text(format.words), 'Where its rate limits are set.'),
  runbooks: optional(text(format.words), 'Folder of its runbooks.'),
})

const latency = object<Latency>(
  'latency',
  {
    p50: optional(text(format.duration), 'Half of the requests are faster than this.'),
    p95: optional(text(format.duration), '95 % of the requests are faster than this.'),
    p99: optional(text(format.duration), '99 % of the requests are faster than this.'),
  },
  { atLeastOne: ['p50', 'p95', 'p99'] },
)

const objective = object<Objective>(
  'objective',
  {
    availability: optional(percentage, 'Percentage of requests that must succeed, such as 99.9.'),
    latency: optional(latency, 'How fast requests must be.'),
  },
  { atLeastOne: ['availability', 'latency'] },
)

const route = object<Route>(
  'route',
  {
    match: required(
      text(format.routePattern),
      'Requests the rule is about: `METHOD /path`, or `/path` for any method. `*`, `[id]` and `:id` are one segment, `**` at the end is the rest.',
    ),
    team: optional(team, 'Team that answers for the route.'),
    unowned: optional(choice('by-design'), 'Says that no team lists this route on purpose.'),
    audience: optional(choice(...AUDIENCES), 'Whom the route serves.'),
    work: optional(choice(...WORKS), 'Shape of the work it does; `request` where nothing is said.'),
    objective: optional(objective, 'What the route promises.'),
    lifecycle: optional(choice(...LIFECYCLES), 'How long the route is meant to live.'),
    sunset: optional(text(format.date), 'Day from which a deprecated route may be gone.'),
    roles: optional(roles, 'Roles that differ from those of the service.'),
  },
  { exactlyOne: ['team', 'unowned'] },
)

const queue = object<Queue>('queue', {
  name: required(text(format.words), 'Name of the queue.'),
  team: required(team, 'Team that answers for its jobs.'),
  work: optional(choice(...WORKS), 'Shape of the work its jobs do; `job` where nothing is said.'),
  maxAge: optional(text(format.duration), 'How long a job may wait before somebody is told.'),
})

const dependency = object<Dependency>(
  'dependency',
  {
    host: optional(text(format.host), 'Host that is called: `host`, `host:port` or `*.host`.'),
    db: optional(text(format.words), 'Database that is queried.'),
    team: required(team, 'Team that answers when it fails.'),
    critical: optional(boolean, 'Whether its failure is ours: then it pages.'),
  },
  { exactlyOne: ['host', 'db'] },
)

const service = object<Service>('service', {
  kind: required(choice(...SERVICE_KINDS), 'What it runs on; `external` is one that others run.'),
  criticality: optional(
    choice(...CRITICALITIES),
    'How much the business depends on it, as OpenTelemetry’s `service.criticality`.',
  ),
  hosts: defaulted(
    list(text(format.host)),
    'Where it answers, so where trace headers may be sent: `host`, `host:port` or `*.host`.',
  ),
  paths: defaulted(list(text(format.words)), 'Its source files, as globs.'),
  roles: optional(roles, 'Who does what for it; what is not here falls to the default team.'),
  locations: optional(locations, 'Where things live.'),
  routes: defaulted(list(route), 'Who answers for which request. The most specific rule wins.'),
  queues: defaulted(list(queue), 'Queues whose jobs it processes.'),
  dependencies: defaulted(list(dependency), 'What it calls.'),
  reviewedAt: optional(text(format.date), 'When its ownership was last reviewed.'),
  reviewEvery: optional(text(format.duration), 'How often it must be reviewed.'),
})

const trigger = object<Trigger>(
  'trigger',
  {
    route: required(text(format.endpoint), 'Service and route that is measured.'),
    cpuShare: optional(text(format.share), 'Share of a processor that the route uses.'),
    p95: optional(text(format.time), '95th percentile of its duration.'),
    concurrency: optional(text(format.count), 'Requests in flight at once.'),
    clientKinds: optional(text(format.count), 'Kinds of client that call it.'),
    for: optional(text(format.duration), 'How long the condition must hold.'),
  },
  { atLeastOne: ['cpuShare', 'p95', 'concurrency', 'clientKinds'] },
)

const decision = object<Decision>('decision', {
  id: required(text(format.id), 'Short name, for reports and links.'),
  question: required(text(format.words), 'What was asked.'),
  chosen: required(text(format.words), 'What was answered.'),
  on: required(text(format.date), 'When.'),
  by: required(team, 'Team that decided, and is told when it should look again.'),
  revisitWhen: defaulted(
    list(trigger),
    'Measured conditions that say it should be looked at again.',
  ),
})

const exception = object<Exception>('exception', {
  rule: required(choice(...EXCEPTION_RULES), 'Rule that is silenced.'),
  target: required(
    text(format.words),
    'What it is silenced for. `route-unowned`: a service and a path; `review-overdue`: a team or a service; `host-shared`: a host; `queue-shared`: a queue; `decision-route-unlisted`: a decision.',
  ),
  until: required(text(format.date), 'Last day on which it holds.'),
  reason: required(text(format.words), 'Why.'),
  by: required(team, 'Team that asked for it.'),
})

/** The whole of `ownership.yaml`. */
export const schema: Shape<Omit<Catalog, 'file'>> = object<Omit<Catalog, 'file'>>('catalog', {
  version: required(choice(1), 'Version of this format.'),
  org: required(org, 'The organisation.'),
  teams: required(map(format.id, teamShape, true), 'Every team that can own something, by id.'),
  services: defaulted(
    map(format.serviceName, service),
    'Every service, by its OpenTelemetry `service.name`.',
  ),
  decisions: defaulted(
    list(decision),
    'Decisions on where work lives, and what would reopen them.',
  ),
  exceptions: defaulted(list(exception), 'Rules that are silenced until a date.'),
})
