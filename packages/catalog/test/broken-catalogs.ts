/** What a broken catalog should be told: message and fix, one pair for each `»` of its text, in order. */
export type Expected = readonly [message: string, fix: string]

export interface BrokenCatalog {
  readonly name: string
  /** `»` stands before each place that a problem should name. */
  readonly text: string
  readonly problems: readonly Expected[]
  /** The fix alone does not make the catalog valid, or is not of the form `write …`. @default true */
  readonly fixMends?: boolean
}

/** The smallest valid catalog, then `lines`. */
const after = (lines: string): string => `version: 1
org: { defaultTeam: platform }
teams:
  platform: { name: Platform }
  billing: { name: Billing }
${lines}`

/** The same with a service `web`, then `lines` of it. */
const inService = (lines: string): string =>
  after(`services:
  web:
    kind: next
${lines}`)

const inRoute = (route: string): string => inService(`    routes:\n      - { ${route} }\n`)

const exception = (fields: string): string =>
  inService(`exceptions:\n  - { ${fields}, reason: Old, by: growth }\n`).replace(
    'growth',
    'billing',
  )

/** The example for a route, as fixes give it. */
const NEVER_MENDS = false

export const brokenCatalogs: readonly BrokenCatalog[] = [
  // The whole file
  {
    name: 'an empty file',
    text: '»',
    problems: [
      [
        'the file is empty',
        'write a catalog: { version: 1, org: { defaultTeam: billing }, teams: { billing: { name: Billing } } }',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a file that holds only a comment',
    text: '»# to be written\n',
    problems: [
      [
        'the file is empty',
        'write a catalog: { version: 1, org: { defaultTeam: billing }, teams: { billing: { name: Billing } } }',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a list where the catalog should be',
    text: '»- version: 1\n',
    problems: [
      [
        '"catalog" is a list, not a mapping',
        'write catalog: { version: 1, org: { defaultTeam: billing }, teams: { billing: { name: Billing } } }',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a missing version',
    text: '»org: { defaultTeam: platform }\nteams: { platform: { name: Platform } }\n',
    problems: [['catalog lacks "version"', 'add version: 1']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a version of the future',
    text: after('').replace('version: 1', 'version: »2'),
    problems: [['"version" is the number 2, not 1', 'write 1']],
  },
  {
    name: 'a version in quotes',
    text: after('').replace('version: 1', 'version: »"1"'),
    problems: [['"version" is "1", not 1', 'write 1']],
  },
  {
    name: 'no org and no teams',
    text: '»version: 1\n',
    problems: [
      ['catalog lacks "org"', 'add org: { defaultTeam: billing }'],
      ['catalog lacks "teams"', 'add teams: { billing: { name: Billing } }'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'no team at all',
    text: 'version: 1\norg: { defaultTeam: platform }\nteams: »{}\n',
    problems: [['"teams" is empty', 'write teams: { billing: { name: Billing } }']],
    fixMends: NEVER_MENDS,
  },

  // YAML
  {
    name: 'a quote that is not closed',
    text: after('services:\n  web: { kind: "next }\n»'),
    problems: [['not valid YAML at "": missing closing "quote', 'close the quote that is open']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a bracket that is not closed',
    text: after('services:\n  web: { kind: next\n  »api: { kind: node }\n'),
    problems: [
      [
        'not valid YAML at "api: { kind: node }": flow map in block collection must be sufficiently indented and end with a }',
        'close the bracket with }, or indent what is inside it',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'tabs as indentation, twice',
    text: after('services:\n»\tweb:\n  api:\n»\tkind: node\n'),
    problems: [
      ['not valid YAML at "web:": tabs are not allowed as indentation', 'indent with spaces'],
      ['not valid YAML at "kind: node": tabs are not allowed as indentation', 'indent with spaces'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a handle without quotes',
    text: after('').replace('name: Billing', 'name: Billing, lead: »@mira'),
    problems: [
      [
        'not valid YAML at "billing: { name: Billing, lead: @mira }": plain value cannot start with reserved character @',
        'write the value in quotes',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a key that stands too far left',
    text: inService('    routes:\n      - match: /a\n        team: billing\n»   hosts: []\n'),
    problems: [
      [
        'not valid YAML at "hosts: []": all mapping items must start at the same column',
        'indent the key as the keys beside it',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a second document',
    text: `${after('')}»---\nversion: 1\n`,
    problems: [
      [
        'a second document starts here',
        'keep one catalog in the file: remove the line "---" and what is under it',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an alias without its anchor',
    text: inService('    roles: { productionFix: &owner billing, performance: »*ower }\n'),
    problems: [['alias "*ower" has no anchor above it', 'write *owner']],
  },
  {
    name: 'aliases that multiply into more values than memory holds',
    text: [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]',
      'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]',
      'd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]',
      'e: &e [*d, *d, *d, *d, *d, *d, *d, »*d, *d, *d]',
      '',
    ].join('\n'),
    problems: [
      [
        'more than 100000 values, with aliases expanded',
        'write the values out in place of the aliases',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'aliases without any anchor',
    text: inService('    roles: { productionFix: »*a, performance: »*b }\n'),
    problems: [
      ['alias "*a" has no anchor above it', 'write the value out'],
      ['alias "*b" has no anchor above it', 'write the value out'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an alias as a key',
    text: after('  growth: { name: &name Growth, »*name : 1 }\n'),
    problems: [
      [
        'not valid YAML at "growth: { name: &name Growth, *name : 1 }": a key must be a text',
        'write a plain word as the key',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a dash with nothing behind it',
    text: inService(
      '    hosts:\n      -\n      - »~\n      - a.example.com\n'.replace('-\n', '»-\n'),
    ),
    problems: [
      ['"hosts" has an empty entry', 'write it, as in - app.example.com, or remove it'],
      ['"hosts" has an empty entry', 'write it, as in - app.example.com, or remove it'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'brackets inside brackets, a thousand deep',
    text: `»${'['.repeat(1000)}`,
    problems: [
      [
        'nested deeper than 32 levels',
        'remove the nesting: a catalog needs no more than eight levels',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'brackets inside brackets, forty deep',
    text: `version: ${'['.repeat(31)}»${'['.repeat(9)}${']'.repeat(40)}\n`,
    problems: [
      [
        'nested deeper than 32 levels',
        'remove the nesting: a catalog needs no more than eight levels',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'another file altogether',
    text: `»${'x'.repeat(1_000_001)}`,
    problems: [
      [
        'the file holds 1000001 characters, more than 1000000',
        'name the catalog, not another file',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an alias inside its own anchor',
    text: 'version: &v [»*v]\n',
    problems: [['alias "*v" stands inside its own anchor', 'write the value out']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a tag that means nothing here',
    text: inService('    criticality: »!level high\n'),
    problems: [
      ['not valid YAML at "criticality: !level high": unresolved tag: !level', 'remove the tag'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a merge key',
    text: after('services:\n  web: &web { kind: next }\n  api: { »<<: *web, kind: node }\n'),
    problems: [['service has no key "<<"', 'write the keys out: merge keys are not read']],
    fixMends: NEVER_MENDS,
  },

  // Keys
  {
    name: 'an unknown key, near a known one',
    text: inService('    »route: []\n'),
    problems: [['service has no key "route"', 'write "routes"']],
  },
  {
    name: 'an unknown key, near none',
    text: after('').replace('name: Billing', 'name: Billing, »slackWorkspace: acme'),
    problems: [
      [
        'team has no key "slackWorkspace"',
        'remove it; the keys here are name, lead, github, sentry, channels, reviewedAt',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a misspelt key that is required, told once',
    text: inRoute('»macth: GET /a, team: billing'),
    problems: [['route has no key "macth"', 'write "match"']],
  },
  {
    name: 'a key twice in one mapping',
    text: inService('    criticality: high\n    »criticality: low\n'),
    problems: [['key "criticality" stands on line 9 already', 'rename it, or merge the two']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a service twice',
    text: after('services:\n  web: { kind: next }\n  »web: { kind: node }\n'),
    problems: [['key "web" stands on line 7 already', 'rename it, or merge the two']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an unknown role',
    text: inService('    roles: { »productionFixer: billing }\n'),
    problems: [['roles has no key "productionFixer"', 'write "productionFix"']],
  },
  {
    name: 'a team id with capitals',
    text: after('  »Growth_Team: { name: Growth }\n'),
    problems: [
      ['"Growth_Team" is not an id of small letters, digits and hyphens', 'write growth-team'],
    ],
  },
  {
    name: 'a service name with a space',
    text: after('services:\n  »my web: { kind: next }\n'),
    problems: [['"my web" is not a service name without spaces', 'write my-web']],
  },

  // Types
  {
    name: 'text where a list should be',
    text: inService('    hosts: »app.example.com\n'),
    problems: [['"hosts" is "app.example.com", not a list', 'write hosts: [app.example.com]']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a mapping where a list should be',
    text: inService('    routes:\n      »match: /a\n      team: billing\n'),
    problems: [['"routes" is a mapping, not a list', 'start each entry under routes with "- "']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a list where a mapping should be',
    text: inService('    roles: »[billing]\n'),
    problems: [['"roles" is a list, not a mapping', 'write roles: { productionFix: billing }']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a number where text should be',
    text: after('').replace('name: Billing', 'name: »42'),
    problems: [['"name" is the number 42, not a text', 'write "42", in quotes']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a mapping where text should be',
    text: after('').replace('name: Billing', 'name: »{ en: Billing }'),
    problems: [['"name" is a mapping, not a text', 'write name: Billing']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a word where true or false should be',
    text: inService('    dependencies: [{ db: app, team: billing, critical: »no }]\n'),
    problems: [['"critical" is "no", not true or false', 'write false']],
  },
  {
    name: 'a key without a value',
    text: inService('    »criticality:\n    hosts: []\n'),
    problems: [
      ['"criticality" has no value', 'write it, as in criticality: critical, or remove the key'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a list of teams where one should be',
    text: inRoute('match: /a, team: »[billing, platform]'),
    problems: [['"team" is a list, not the id of a team', 'write the id of one team']],
    fixMends: NEVER_MENDS,
  },

  // Values
  {
    name: 'an unknown kind of service',
    text: after('services:\n  web: { kind: »nxt }\n'),
    problems: [['"kind" is "nxt", not one of next, node, worker, external', 'write next']],
  },
  {
    name: 'an unknown audience, near none',
    text: inRoute('match: /a, team: billing, audience: »customers'),
    problems: [
      [
        '"audience" is "customers", not one of browser, partner, internal, admin, public',
        'write one of: browser, partner, internal, admin, public',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a duration in words',
    text: inService('    reviewEvery: »90 days\n'),
    problems: [
      [
        '"reviewEvery" is "90 days", which is not a duration, such as 400ms, 30s, 5m, 12h or 90d',
        'write 90d',
      ],
    ],
  },
  {
    name: 'a duration without a unit',
    text: inRoute('match: /a, team: billing, objective: { latency: { p95: »400 } }'),
    problems: [
      [
        '"p95" is the number 400, not a duration, such as 400ms, 30s, 5m, 12h or 90d',
        'write "5m", in quotes',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a date that is not in the calendar',
    text: inService('    reviewedAt: »2026-02-30\n'),
    problems: [
      [
        '"reviewedAt" is "2026-02-30", which is not a date of the calendar',
        'write it as in 2026-10-02',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a date with slashes',
    text: inService('    reviewedAt: »2026/9/1\n'),
    problems: [
      ['"reviewedAt" is "2026/9/1", which is not a date of the calendar', 'write 2026-09-01'],
    ],
  },
  {
    name: 'a review in the future',
    text: inService('    reviewedAt: »2027-10-02\n'),
    problems: [
      ['"reviewedAt" is 2027-10-02, a day that has not come', 'write the day on which it was done'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an availability as a fraction',
    text: inRoute('match: /a, team: billing, objective: { availability: »0.999 }'),
    problems: [
      ['"availability" is the number 0.999, not a number from 1 to below 100', 'write 99.9'],
    ],
  },
  {
    name: 'an availability with a percent sign',
    text: inRoute('match: /a, team: billing, objective: { availability: »99.9% }'),
    problems: [['"availability" is "99.9%", not a number from 1 to below 100', 'write 99.9']],
  },
  {
    name: 'an availability that leaves no budget',
    text: inRoute('match: /a, team: billing, objective: { availability: »100 }'),
    problems: [
      ['"availability" is the number 100, not a number from 1 to below 100', 'write it as in 99.9'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an objective that promises nothing',
    text: inRoute('match: /a, team: billing, objective: »{}'),
    problems: [['objective has none of "availability", "latency"', 'add availability: 99.9']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a host with its scheme',
    text: inService('    hosts: [»"https://app.example.com/"]\n'),
    problems: [
      ['"hosts" is "https://app.example.com/", which is not a host', 'write app.example.com'],
    ],
  },
  {
    name: 'a handle without its at sign',
    text: after('').replace('name: Billing', 'name: Billing, github: »acme/billing'),
    problems: [
      ['"github" is "acme/billing", which is not a GitHub handle', 'write "@acme/billing"'],
    ],
  },
  {
    name: 'a secret in the catalog, which is not shown',
    text: after('').replace(
      'name: Billing',
      'name: Billing, channels: { page: »pagerduty:f3a9c0d1e2b34455 }',
    ),
    problems: [
      [
        '"page" is "pagerduty:…", which is not a channel, nor a secret named by its environment variable',
        'write pagerduty:env:PAGERDUTY_KEY',
      ],
    ],
  },
  {
    name: 'a route in small letters without its slash',
    text: inRoute('match: »get api/plans, team: billing'),
    problems: [
      [
        '"match" is "get api/plans", which is not a route, as METHOD /path with ** only at its end',
        'write GET /api/plans',
      ],
    ],
  },
  {
    name: 'a route with an unknown method',
    text: inRoute('match: »GTE /api, team: billing'),
    problems: [
      [
        '"match" is "GTE /api", which is not a route, as METHOD /path with ** only at its end',
        'write GET /api',
      ],
    ],
  },
  {
    name: 'a route with a wildcard for the rest in its middle',
    text: inRoute('match: »"/a/**/b", team: billing'),
    problems: [
      [
        '"match" is "/a/**/b", which is not a route, as METHOD /path with ** only at its end',
        'write "/a/**"',
      ],
    ],
  },
  {
    name: 'a trigger that is no condition',
    text: inService(
      '    routes: [{ match: /a, team: billing }]\ndecisions:\n  - { id: split, question: Split?, chosen: no-split, on: 2026-09-01, by: billing, revisitWhen: [{ route: web /a, cpuShare: »50 % }] }\n',
    ),
    problems: [
      [
        '"cpuShare" is "50 %", which is not a limit on a share from 0 to 1',
        'write it as in ">0.5"',
      ],
    ],
    fixMends: NEVER_MENDS,
  },

  // What is missing, or one too many
  {
    name: 'a route with neither team nor reason',
    text: inService('    routes:\n      - »{ match: /a }\n'),
    problems: [
      ['route has neither "team" nor "unowned"', 'add team: billing, or unowned: by-design'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a route that is owned and unowned',
    text: inRoute('match: /a, team: billing, »unowned: by-design'),
    problems: [['route has both "team" and "unowned"', 'remove one of them']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a dependency on a host and a database',
    text: inService(
      '    dependencies:\n      - { host: a.example.com, »db: app, team: billing }\n',
    ),
    problems: [['dependency has both "host" and "db"', 'remove one of them']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a queue without a team',
    text: inService('    queues: [»{ name: reports }]\n'),
    problems: [['queue lacks "team"', 'add team: billing']],
    fixMends: NEVER_MENDS,
  },

  // What does not fit together
  {
    name: 'an unknown team, near a known one',
    text: inRoute('match: /a, team: »biling'),
    problems: [['team "biling" is not defined', 'write billing']],
  },
  {
    name: 'an unknown team, near none',
    text: inService('    roles: { authReview: »security }\n'),
    problems: [
      [
        'team "security" is not defined',
        'write one of: platform, billing; or define it under teams',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a team named like a property that every object has',
    text: inRoute('match: /a, team: »constructor'),
    problems: [
      [
        'team "constructor" is not defined',
        'write one of: platform, billing; or define it under teams',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an unknown default team',
    text: after('').replace('platform }', '»platfrom }'),
    problems: [['team "platfrom" is not defined', 'write platform']],
  },
  {
    name: 'a route twice',
    text: inService(
      '    routes:\n      - { match: GET /a, team: billing }\n      - { match: »GET /a, team: platform }\n',
    ),
    problems: [['route "GET /a" of web stands on line 10 already', 'remove one of the two']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a route that is another in a different notation',
    text: inService(
      '    routes:\n      - { match: "GET /a/[id]", team: billing }\n      - { match: »"GET /a/:invoice", team: platform }\n',
    ),
    problems: [
      [
        'route "GET /a/:invoice" of web matches the same requests as "GET /a/[id]" on line 10',
        'remove one of the two',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a host of two services',
    text: after(
      'services:\n  web: { kind: next, hosts: [app.example.com] }\n  api: { kind: node, hosts: [»App.example.com] }\n',
    ),
    problems: [
      [
        'host "app.example.com" of api belongs to web already (line 7)',
        'remove it from one of the two, or except it: { rule: host-shared, target: "app.example.com", … }',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a host twice in one service',
    text: inService('    hosts: [a.example.com, »a.example.com]\n'),
    problems: [['host "a.example.com" of web stands on line 9 already', 'remove one of the two']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a queue of two teams',
    text: after(
      'services:\n  web: { kind: next, queues: [{ name: reports, team: billing }] }\n  worker: { kind: worker, queues: [{ name: reports, team: »platform }] }\n',
    ),
    problems: [
      [
        'queue "reports" of worker belongs to team "billing" in web already (line 7)',
        'name the same team in both, or except it: { rule: queue-shared, target: "reports", … }',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a dependency twice',
    text: inService(
      '    dependencies:\n      - { db: app, team: billing }\n      - { db: »app, team: platform }\n',
    ),
    problems: [['dependency "app" of web stands on line 10 already', 'remove one of the two']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a sunset of a route that is in use',
    text: inRoute('match: /a, team: billing, sunset: »2027-03-01'),
    problems: [
      [
        'route "/a" has a sunset, and is not deprecated',
        'write lifecycle: deprecated beside it, or remove the sunset',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a lifecycle that is misspelt, of which a sunset says nothing more',
    text: inRoute('match: /a, team: billing, lifecycle: »depricated, sunset: 2027-03-01'),
    problems: [
      [
        '"lifecycle" is "depricated", not one of experimental, production, deprecated',
        'write deprecated',
      ],
    ],
  },
  {
    name: 'an address of Grafana that ends with a slash',
    text: after('').replace(
      'org: { defaultTeam: platform }',
      'org: { defaultTeam: platform, links: { grafana: »"https://grafana.example.com/" } }',
    ),
    problems: [
      [
        '"grafana" is "https://grafana.example.com/", which is not an address, as https://… without a slash at its end',
        'write https://grafana.example.com',
      ],
    ],
  },
  {
    name: 'a decision about a route that nothing lists',
    text: inService(
      'decisions:\n  - { id: split, question: Split?, chosen: no-split, on: 2026-09-01, by: billing, revisitWhen: [{ route: »web GET /a, cpuShare: ">0.5" }] }\n',
    ),
    problems: [
      [
        'no route of web matches "GET /a"',
        'add { match: "GET /a", team: … } to the routes of web, or except it: { rule: decision-route-unlisted, target: "split", … }',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a decision about a service that is not there',
    text: inService(
      'decisions:\n  - { id: split, question: Split?, chosen: no-split, on: 2026-09-01, by: billing, revisitWhen: [{ route: »wed GET /a, cpuShare: ">0.5" }] }\n',
    ),
    problems: [['service "wed" is not defined', 'write web']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'a decision twice',
    text: after(
      'decisions:\n  - { id: split, question: Split?, chosen: no-split, on: 2026-09-01, by: billing }\n  - { id: »split, question: Again?, chosen: split, on: 2026-10-01, by: billing }\n',
    ),
    problems: [['decision "split" stands on line 7 already', 'remove one of the two']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an exception that expired yesterday',
    text: exception('rule: route-unowned, target: "web /legacy/**", until: »2026-11-22'),
    problems: [
      [
        'exception from route-unowned for "web /legacy/**" expired on 2026-11-22',
        'remove it, or write a later day if its reason still holds',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an exception twice',
    text: after(
      'exceptions:\n  - { rule: review-overdue, target: billing, until: 2026-12-31, reason: Old, by: billing }\n  - { rule: review-overdue, target: »billing, until: 2027-01-31, reason: New, by: billing }\n',
    ),
    problems: [
      [
        'exception from review-overdue for "billing" stands on line 7 already',
        'remove one of the two',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an exception from an unknown rule',
    text: exception('rule: »route-unowed, target: web /legacy, until: 2026-12-31'),
    problems: [
      [
        '"rule" is "route-unowed", not one of route-unowned, review-overdue, host-shared, queue-shared, decision-route-unlisted',
        'write route-unowned',
      ],
    ],
  },
  {
    name: 'an exception for a service that is not there',
    text: exception('rule: route-unowned, target: »wbe /legacy, until: 2026-12-31'),
    problems: [['service "wbe" is not defined', 'write web']],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an exception for a path that is listed',
    text: inService(
      '    routes: [{ match: "/legacy/**", team: billing }]\nexceptions:\n  - { rule: route-unowned, target: »web /legacy/old, until: 2026-12-31, reason: Old, by: billing }\n',
    ),
    problems: [
      [
        'exception from route-unowned matches nothing: line 9 lists "web /legacy/old"',
        'remove the exception',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an exception whose target is no route',
    text: exception('rule: route-unowned, target: »web legacy, until: 2026-12-31'),
    problems: [
      ['target "web legacy" is not a service and its route', 'write it as in "web /legacy"'],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an exception for a host that only one service has',
    text: exception('rule: host-shared, target: »app.example.com, until: 2026-12-31'),
    problems: [
      [
        'exception from host-shared matches nothing: "app.example.com"',
        'remove the exception: nothing breaks its rule',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
  {
    name: 'an exception for a review of nobody',
    text: exception('rule: review-overdue, target: »bilings, until: 2026-12-31'),
    problems: [['exception from review-overdue matches nothing: "bilings"', 'write billing']],
  },
  {
    name: 'an exception without a reason',
    text: after(
      'exceptions:\n  - »{ rule: review-overdue, target: billing, until: 2026-12-31, by: billing }\n',
    ),
    problems: [['exception lacks "reason"', 'add reason: Billing']],
    fixMends: NEVER_MENDS,
  },

  // All at once
  {
    name: 'many mistakes of every kind',
    text: `version: 1
org: { defaultTeam: »platfrm, »leeds: [] }
teams:
  platform: { name: Platform, channels: { page: »"opsgenie:0123456789" } }
services:
  web:
    kind: »nxt
    hosts: [»"https://app.example.com/", app.example.org]
    routes:
      - { »macth: GET /x, team: platform }
      - { match: »get api/x, team: platform, audience: »browsers }
      - { match: "GET /a/*", team: platform, objective: { availability: »0.999 } }
      - { match: »"GET /a/:id", team: »plat }
    reviewEvery: »90 days
  api:
    kind: node
    hosts: [»app.example.org]
    »kind: next
exceptions:
  - { rule: host-shared, target: »x.example.org, until: »2025-01-01, reason: Old, by: platform }
`,
    problems: [
      ['team "platfrm" is not defined', 'write platform'],
      ['org has no key "leeds"', 'write "leads"'],
      [
        '"page" is "opsgenie:…", which is not a channel, nor a secret named by its environment variable',
        'write opsgenie:env:OPSGENIE_KEY',
      ],
      ['"kind" is "nxt", not one of next, node, worker, external', 'write next'],
      ['"hosts" is "https://app.example.com/", which is not a host', 'write app.example.com'],
      ['route has no key "macth"', 'write "match"'],
      [
        '"match" is "get api/x", which is not a route, as METHOD /path with ** only at its end',
        'write GET /api/x',
      ],
      [
        '"audience" is "browsers", not one of browser, partner, internal, admin, public',
        'write browser',
      ],
      ['"availability" is the number 0.999, not a number from 1 to below 100', 'write 99.9'],
      [
        'route "GET /a/:id" of web matches the same requests as "GET /a/*" on line 12',
        'remove one of the two',
      ],
      ['team "plat" is not defined', 'write platform'],
      [
        '"reviewEvery" is "90 days", which is not a duration, such as 400ms, 30s, 5m, 12h or 90d',
        'write 90d',
      ],
      [
        'host "app.example.org" of api belongs to web already (line 8)',
        'remove it from one of the two, or except it: { rule: host-shared, target: "app.example.org", … }',
      ],
      ['key "kind" stands on line 16 already', 'rename it, or merge the two'],
      ['exception from host-shared matches nothing: "x.example.org"', 'write "app.example.org"'],
      [
        'exception from host-shared for "x.example.org" expired on 2025-01-01',
        'remove it, or write a later day if its reason still holds',
      ],
    ],
    fixMends: NEVER_MENDS,
  },
]
