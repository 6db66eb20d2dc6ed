import type { Problem } from '@throughline/catalog'
import { renderSketchBody, type SketchedService } from '../imports/catalog-sketch.ts'
import { freeName, serviceNameOf } from '../imports/names.ts'
import type { FoundRoutes } from '../lint/routes-in-code/code-route.ts'
import { findServiceRoutes, whatIsRead } from '../lint/routes-in-code/find-routes.ts'
import { doubtDependencies } from './draft-dependencies.ts'
import { type DraftOwners, readOwners } from './draft-owners.ts'
import { draftRoutes } from './draft-routes.ts'
import { sealDraft } from './draft-seal.ts'
import { type DraftInput, type DraftMaterial, globOf, readDraftInput } from './read-draft-input.ts'

/** A catalog as a repository lets it be guessed. */
export interface CatalogDraftText {
  /** A catalog that parses; `# TODO: decide …` marks what could not be decided. */
  readonly text: string
  /** What could not be read, each with its place and its mend. */
  readonly remarks: readonly Problem[]
}

/** What is known of a service before the default team is. */
interface KnownService {
  readonly name: string
  readonly material: DraftMaterial
  readonly component: SketchedService | undefined
  readonly team: string | undefined
  readonly doubts: readonly string[]
  /** The teams that CODEOWNERS names for its folder. */
  readonly reviewers: readonly string[]
  readonly found: FoundRoutes
}

/**
 * Drafts the catalog of a repository: its applications with the routes in their sources, and the teams that CODEOWNERS and
 * Backstage name; where both are silent, a comment names those who changed an application most.
 *
 * The same repository gives the same text. Whatever cannot be read is a remark, and a comment in the text. Throws only for a
 * folder that cannot be listed.
 */
export function draftCatalog(input: DraftInput): CatalogDraftText {
  const material = readDraftInput(input)
  const owners = readOwners(material)
  const services = knowServices(material.apps, owners)
  const defaultTeam = owners.defaultTeam(services.flatMap(({ team }) => team ?? []))
  const body = renderSketchBody({
    source: '',
    assumptions: [
      'Who reviews a change, or owns a component, is said to fix it in production: that is a guess.',
    ],
    github: owners.github,
    leads: [],
    defaultTeam,
    teams: owners.teams(defaultTeam.value),
    services: services.map(service => sketchService(service, owners, defaultTeam.value)),
  })
  return {
    text: sealDraft(['the code', ...owners.files].join(', '), body),
    remarks: [...owners.remarks, ...services.flatMap(({ found }) => found.gaps)],
  }
}

function knowServices(
  materials: readonly DraftMaterial[],
  owners: DraftOwners,
): readonly KnownService[] {
  const names = new Map<string, DraftMaterial>()
  for (const material of materials)
    names.set(freeName(serviceNameOf(material.app.service), names), material)
  return [...names].map(([name, material]) => {
    const { app, sources } = material
    const component = owners.component(app)
    const said = component?.roles.find(({ role }) => role === 'productionFix')?.team
    const reviewers = owners.reviewers(app.path)
    const [team, ...others] = [...new Set([...(said === undefined ? [] : [said]), ...reviewers])]
    return {
      name,
      material,
      component,
      team,
      doubts: [
        ...(name === serviceNameOf(app.service)
          ? []
          : [`its name: another application is called ${app.service} as well`]),
        ...(team === undefined ? [whose(material)] : []),
        ...others
          .filter(other => other !== owners.ofAll)
          .map(other => `which roles ${other} has, which is named as well`),
      ],
      reviewers,
      found: findServiceRoutes(name, app.kind, sources) ?? unreadable(name, material),
    }
  })
}

/** Asks for the team of what neither CODEOWNERS nor Backstage give to one. */
function whose(material: DraftMaterial): string {
  const authors = material
    .authors()
    .map(({ name, commits }) => `${name} (${commits} ${commits === 1 ? 'commit' : 'commits'})`)
  const hint = authors.length === 0 ? '' : `; by git, ${authors.join(', ')} changed it most`
  return `which team it belongs to: neither CODEOWNERS nor Backstage names one${hint}`
}

function unreadable(name: string, { app }: DraftMaterial): FoundRoutes {
  if (app.kind === 'worker') return { routes: [], gaps: [] }
  const message = `${name}: its sources hold no ${whatIsRead(app.kind)}`
  return { routes: [], gaps: [{ at: app.path || '.', message, fix: 'list them under routes' }] }
}

function sketchService(
  { name, material, component, team, doubts, reviewers, found }: KnownService,
  owners: DraftOwners,
  defaultTeam: string,
): SketchedService {
  const { app } = material
  return {
    name,
    kind: app.kind,
    kindIsGuess: false,
    paths: [globOf(app)],
    roles:
      component !== undefined && component.roles.length > 0
        ? component.roles
        : team === undefined
          ? []
          : [{ role: 'productionFix', team }],
    routes: draftRoutes(found.routes, file => {
      const [reviewer] = owners.reviewers(file)
      // A line for the whole application says no more of a route than of the rest of it.
      return (reviewer === reviewers[0] ? team : reviewer) ?? team ?? defaultTeam
    }),
    dependencies: component?.dependencies ?? [],
    doubts: [
      ...doubts,
      ...(component?.doubts ?? []),
      ...found.gaps.map(
        ({ at, message }) => `which routes ${at} has: ${message.slice(name.length + 2)}`,
      ),
      ...doubtDependencies(material, component?.dependencies ?? []),
    ],
  }
}
