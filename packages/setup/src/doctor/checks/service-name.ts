import { nearest } from '@throughline/catalog'
import { ENV_OTEL_SERVICE_NAME } from '@throughline/conventions'
import type { Project } from '../../project/project.ts'
import type { Check, Complaint } from '../check.ts'
import { placeInManifest, placeOf } from '../places.ts'

/** SERVICE_UNNAMED, SERVICE_NOT_IN_CATALOG: by what name a service reports, and whether the catalog knows it. */
export const checkServiceName: Check = ({ app, project, context, settings }) => {
  const { service, manifest } = app
  const given = settings.find(
    ({ name, value }) => name === ENV_OTEL_SERVICE_NAME && value === service,
  )
  if (given === undefined && !manifest.name) {
    return [
      {
        code: 'SERVICE_UNNAMED',
        level: 'warning',
        at: placeOf(project, manifest.path),
        what: `package.json has no name, and no script and no .env file sets ${ENV_OTEL_SERVICE_NAME}`,
        why: `unless the deployment sets it, its spans are those of "${service}", which no catalog lists`,
        fix: `set ${ENV_OTEL_SERVICE_NAME}, or give package.json a name`,
      },
    ]
  }
  if (context.catalog?.ok !== true) return []
  const { services } = context.catalog.value
  if (services.has(service)) return []
  const bare = service.replace(/^@[^/]+\//, '')
  const meant = services.has(bare) ? bare : nearest(service, services.keys())
  const adding = `add "${service}" to the services of the catalog`
  return [
    {
      code: 'SERVICE_NOT_IN_CATALOG',
      // A name of package.json is often overruled where it is deployed.
      level: given === undefined ? 'warning' : 'error',
      at: given?.at ?? placeInManifest(project, app, ['name']),
      what: `no service of the catalog is called "${service}"`,
      why: 'what it serves is in no line of the catalog: spans have the default team and are unlisted',
      fix: meant === undefined ? adding : `set ${ENV_OTEL_SERVICE_NAME}=${meant}, or ${adding}`,
    },
  ]
}

/** SERVICES_SAME_NAME: applications that report as one. */
export function checkSameNames(project: Project): readonly Complaint[] {
  const byName = Map.groupBy(
    project.apps.filter(({ isInstalled }) => isInstalled),
    ({ service }) => service,
  )
  return [...byName].flatMap(([name, same]): Complaint[] => {
    const [, second] = same
    if (second === undefined) return []
    return [
      {
        code: 'SERVICES_SAME_NAME',
        level: 'error',
        at: placeOf(project, second.manifest.path),
        what: `${same.map(({ path }) => path || '.').join(' and ')} are both called "${name}"`,
        why: 'their traces, metrics and owners cannot be told apart',
        fix: `give each its own ${ENV_OTEL_SERVICE_NAME}`,
      },
    ]
  })
}
