import { listConfigs, listMounts, type Service, type Stack } from './stack.ts'
import { walk } from './yaml-files.ts'
import { listMissing } from './missing.ts'

/**
 * Mounts that would be empty or could be written to, volumes nobody declares or uses, paths that nothing is mounted at, and
 * files of the image that are not in its sources.
 */
export function listMountProblems(stack: Stack): string[] {
  const services = [...stack.services]
  return [
    ...services.flatMap(([name, service]) =>
      listBindProblems(stack, service).map(problem => `${stack.name}: ${name}: ${problem}`),
    ),
    ...services.flatMap(([name, service]) =>
      listMissingPaths(stack, service).map(
        path => `${stack.name}: ${name}: reads ${path}, where nothing is mounted`,
      ),
    ),
    ...services.flatMap(([name, service]) =>
      listMissingSources(stack, service).map(
        path => `${stack.name}: ${name}: needs ${path}, which does not exist`,
      ),
    ),
    ...listVolumeProblems(stack).map(problem => `${stack.name}: ${problem}`),
  ]
}

function listBindProblems(stack: Stack, service: Service): string[] {
  return listMounts(service)
    .filter(({ isBind }) => isBind)
    .flatMap(({ source, readOnly }) => [
      ...(stack.files.has(source) ? [] : [`mounts ${source}, which does not exist`]),
      ...(readOnly ? [] : [`could write to ${source}`]),
    ])
}

function listVolumeProblems(stack: Stack): string[] {
  const mounts = [...stack.services.values()].flatMap(listMounts)
  const used = new Set(mounts.filter(({ isBind }) => !isBind).map(({ source }) => source))
  const declared = new Set(stack.volumes)
  return [
    ...listMissing(used, declared).map(volume => `the volume ${volume} is not declared`),
    ...listMissing(declared, used).map(volume => `nobody uses the volume ${volume}`),
  ]
}

/** Paths below /etc that the command or a mounted configuration names, and that no mount brings. */
function listMissingPaths(stack: Stack, service: Service): string[] {
  const configs = listConfigs(stack, service)
  const named = [service.command, configs].flatMap(listStrings).flatMap(text => {
    const [path] = /(?<=^|=)\/etc\/.*/.exec(text) ?? []
    return path ?? []
  })
  const targets = listMounts(service).map(({ target }) => target)
  return [...new Set(named)].filter(
    path => !targets.some(target => path === target || path.startsWith(`${target}/`)),
  )
}

/** Files below compose/examples that the image is built from, or that run in it. */
function listMissingSources({ files }: Stack, service: Service): string[] {
  const { build, command, healthcheck } = service
  const named = [build, command, healthcheck].flatMap(listStrings).flatMap(text => {
    const [, path] = /^(?:\/app\/)?(compose\/examples\/.*)$/.exec(text) ?? []
    return path ?? []
  })
  return [...new Set(named)].filter(path => !files.has(path))
}

function listStrings(value: unknown): string[] {
  return [...walk(value)].flatMap(entry => (typeof entry.value === 'string' ? entry.value : []))
}
