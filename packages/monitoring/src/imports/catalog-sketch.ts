import type { Audience, Role, ServiceKind } from '@throughline/catalog'

/** A catalog as far as an import can make it out. */
export interface CatalogSketch {
  /** Whence it comes, for its first line: `.github/CODEOWNERS`. */
  readonly source: string
  /** What was taken for granted throughout. */
  readonly assumptions: readonly string[]
  readonly github: string | undefined
  readonly leads: readonly string[]
  readonly defaultTeam: Doubtful<string>
  readonly teams: readonly SketchedTeam[]
  readonly services: readonly SketchedService[]
}

/** A value, and what somebody should decide about it. */
export interface Doubtful<T> {
  readonly value: T
  readonly doubts: readonly string[]
}

export interface SketchedTeam {
  readonly id: string
  readonly name: string
  readonly github: string | undefined
  readonly doubts: readonly string[]
}

export interface SketchedService {
  readonly name: string
  readonly kind: ServiceKind
  readonly kindIsGuess: boolean
  readonly paths: readonly string[]
  readonly roles: readonly { readonly role: Role; readonly team: string }[]
  readonly routes: readonly SketchedRoute[]
  readonly dependencies: readonly SketchedDependency[]
  readonly doubts: readonly string[]
}

export interface SketchedRoute {
  /** As the catalog writes it: `GET /invoices/[id]`; without a method it is any. */
  readonly match: string
  readonly team: string
  readonly audience: Audience | undefined
  readonly doubts: readonly string[]
}

export interface SketchedDependency {
  readonly key: 'db' | 'host'
  readonly name: string
  readonly team: string
}

/** Roles that somebody should think of for every service. */
const ASKED = ['schemaApproval', 'authReview', 'performance', 'productNotice'] as const

/** The text of a catalog, with a `# TODO: decide …` for each doubt. */
export function renderSketch(sketch: CatalogSketch): string {
  return `${renderFirstLine(`from ${sketch.source}`)}\n${renderSketchBody(sketch)}`
}

/** The first line of a catalog that was drafted, which says `how`. */
export const renderFirstLine = (how: string): string =>
  `# Drafted ${oneLine(how)}: decide what is marked, and remove the marks.`

/** The text of a catalog without its first line. */
export function renderSketchBody(sketch: CatalogSketch): string {
  const { assumptions, github, leads, defaultTeam, teams, services } = sketch
  return [
    ...assumptions.map(assumption => `# ${assumption}`),
    'version: 1',
    '',
    'org:',
    ...(github === undefined ? [] : [`  github: ${scalar(github)}`]),
    ...todos(defaultTeam.doubts, '  '),
    `  defaultTeam: ${scalar(defaultTeam.value)}`,
    ...(leads.length === 0
      ? todos(['who reviews changes of ownership: leads: ["@…"]'], '  ')
      : [`  leads: ${list(leads)}`]),
    '',
    'teams:',
    ...teams.flatMap(renderTeam),
    ...(services.length === 0
      ? ['', '# TODO: decide which services there are: services: { web: { kind: next, … } }']
      : [
          '',
          'services:',
          ...services.flatMap((service, index) => [
            ...(index === 0 ? [] : ['']),
            ...renderService(service),
          ]),
        ]),
    '',
  ].join('\n')
}

function renderTeam({ id, name, github, doubts }: SketchedTeam): string[] {
  return [
    `  ${scalar(id)}:`,
    `    name: ${scalar(name)}`,
    ...(github === undefined ? [] : [`    github: ${scalar(github)}`]),
    ...todos([...doubts, 'how to reach it: channels: { people, page, ticket, notice }'], '    '),
  ]
}

function renderService(service: SketchedService): string[] {
  const { name, kind, kindIsGuess, paths, roles, routes, dependencies, doubts } = service
  const held = roles.map(({ role, team }) => `${role}: ${scalar(team)}`)
  const open = ASKED.filter(asked => !roles.some(({ role }) => role === asked))
  return [
    `  ${scalar(name)}:`,
    ...todos(doubts, '    '),
    `    kind: ${kind}${kindIsGuess ? ' # TODO: decide whether next, node, worker or external' : ''}`,
    ...(paths.length === 0 ? [] : [`    paths: ${list(paths)}`]),
    ...(open.length === 0
      ? []
      : todos([`${open.join(', ')}: the default team has them now`], '    ')),
    ...(held.length === 0 ? [] : [`    roles: { ${held.join(', ')} }`]),
    ...renderRoutes(routes),
    ...(dependencies.length === 0 ? [] : ['    dependencies:']),
    ...dependencies.map(
      ({ key, name: target, team }) =>
        `      - { ${key}: ${scalar(target)}, team: ${scalar(team)} }`,
    ),
  ]
}

function renderRoutes(routes: readonly SketchedRoute[]): string[] {
  if (routes.length === 0) {
    return todos(['which routes it has, and whose: routes: [{ match: "GET /…", team: … }]'], '    ')
  }
  return [
    ...todos(
      [
        'whose each route is, and whom one without an audience serves: browser, partner, internal, admin or public',
      ],
      '    ',
    ),
    '    routes:',
    ...routes.map(({ match, team, audience, doubts }) => {
      const fields = [`match: ${JSON.stringify(match)}`, `team: ${scalar(team)}`]
      const served = audience === undefined ? [] : [`audience: ${audience}`]
      const line = `      - { ${[...fields, ...served].join(', ')} }`
      return [line, ...todos(doubts, '')].join(' ')
    }),
  ]
}

const todos = (doubts: readonly string[], indent: string): string[] =>
  doubts.map(doubt => `${indent}# TODO: decide ${oneLine(doubt)}`)

/** Names in a file of others may hold anything; a comment ends with its line. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')

const list = (items: readonly string[]): string => `[${items.map(scalar).join(', ')}]`

/** A text in YAML, in quotes where it could be read as something else. JSON is YAML. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z][\w./-]*( [\w./-]+)*$/.test(text)
  const isWord = /^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
  return isPlain && !isWord ? text : JSON.stringify(text)
}
