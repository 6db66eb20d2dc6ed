import type { Parsed, Problem } from '@throughline/catalog'
import {
  type BackstageEntity,
  type ImportedFile,
  readEntities,
  type Remark,
} from './backstage-entities.ts'
import { sketchComponents } from './backstage-services.ts'
import { type BackstageTeams, sketchTeams } from './backstage-teams.ts'
import type { CatalogImport } from './catalog-import.ts'
import { type CatalogSketch, type Doubtful, renderSketch } from './catalog-sketch.ts'
import { mostFrequent } from './names.ts'

/**
 * Drafts a catalog from `catalog-info.yaml` files of Backstage.
 *
 * Teams come from its Groups and from whoever owns something, services from its Components, databases from its Resources.
 * What the export wrote comes back as it was. Files without a Group and a Component are a problem.
 */
export function importBackstage(files: readonly ImportedFile[]): Parsed<CatalogImport> {
  const { entities, remarks } = readEntities(files)
  const found: Problem[] = [...remarks]
  const remark: Remark = ({ at, kind, name }, message, fix) => {
    found.push({ at, message: `${kind} "${name}" ${message}`, fix })
  }
  if (!entities.some(({ kind }) => kind === 'Component' || kind === 'Group')) {
    const message = 'no document describes a Group or a Component'
    const nothing = {
      at: files.map(({ file }) => file).join(', '),
      message,
      fix: 'name catalog-info.yaml files',
    }
    return { ok: false, problems: [...found, nothing] }
  }
  const teams = sketchTeams(entities, remark)
  const services = sketchComponents(entities, teams, remark)
  for (const entity of entities) remarkOnKind(entity, remark)
  const fixers = services.flatMap(({ roles }) =>
    roles.filter(({ role }) => role === 'productionFix').map(({ team }) => team),
  )
  const sketch: CatalogSketch = {
    source: files.map(({ file }) => file).join(', '),
    assumptions: [
      'Backstage knows one owner: that the same team fixes it in production is a guess, but where an annotation says so.',
    ],
    github: mostFrequent(entities.flatMap(organisationOf)),
    leads: [],
    defaultTeam: decideDefault(teams, fixers),
    teams: teams.list,
    services,
  }
  return { ok: true, value: { text: renderSketch(sketch), remarks: inOrder(found, files) } }
}

/** The order of the files, and of the lines in each. */
function inOrder(remarks: readonly Problem[], files: readonly ImportedFile[]): Problem[] {
  const rank = ({ at }: Problem): number => files.findIndex(({ file }) => at.startsWith(`${file}:`))
  const lineOf = ({ at }: Problem): number => Number(at.split(':').at(-2))
  return remarks.toSorted((a, b) => rank(a) - rank(b) || lineOf(a) - lineOf(b))
}

function decideDefault({ list }: BackstageTeams, fixers: readonly string[]): Doubtful<string> {
  return {
    value: mostFrequent(fixers) ?? list[0]?.id ?? '',
    doubts: [
      'who answers for whatever nothing below gives to a team: Backstage has no word for it',
    ],
  }
}

function organisationOf({ annotations }: BackstageEntity): string[] {
  const slug = annotations['github.com/team-slug'] ?? annotations['github.com/project-slug'] ?? ''
  const [organisation = ''] = slug.split('/')
  return /^[A-Za-z0-9](-?[A-Za-z0-9])*$/.test(organisation) ? [organisation] : []
}

/** Kinds that are read elsewhere, or say nothing about who owns what. */
const SILENT = ['Component', 'Group', 'Resource', 'API', 'User', 'Template']

function remarkOnKind(entity: BackstageEntity, remark: Remark): void {
  const { kind, spec } = entity
  if (SILENT.includes(kind)) return
  if (kind === 'Location') {
    const { target, targets } = spec
    const named = [target, ...(Array.isArray(targets) ? targets : [])].filter(Boolean)
    remark(entity, `points to ${named.join(', ')}, which was not read`, 'name those files, too')
  } else if (kind === 'System' || kind === 'Domain') {
    remark(
      entity,
      'groups services, for which a catalog has no word',
      'nothing: its services are here',
    )
  } else remark(entity, 'is of a kind that is not known here', 'nothing, unless it owns something')
}
