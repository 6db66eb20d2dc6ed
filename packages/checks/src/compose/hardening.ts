import type { Service, Stack } from './stack.ts'

/** Services without a health check, and why. */
const WITHOUT_HEALTH_CHECK: Readonly<Record<string, string>> = {
  collector: 'its image holds no program that could ask',
  migrate: 'it ends',
}

/** What a service may do beyond its task, and what nobody would notice if it failed. */
export function listHardeningProblems(stack: Stack): string[] {
  return [...stack.services].flatMap(([name, service]) =>
    [...listRights(service), ...listHealth(stack, name, service)].map(
      problem => `${stack.name}: ${name}: ${problem}`,
    ),
  )
}

function listRights(service: Service): string[] {
  const { privileged, cap_drop: dropped, cap_add: added, security_opt: options, volumes } = service
  const checks = {
    'may gain privileges': options?.includes('no-new-privileges:true') === true,
    'keeps capabilities': dropped?.includes('ALL') === true && added === undefined,
    'is privileged': privileged !== true,
    'can command Docker': volumes?.some(volume => volume.includes('docker.sock')) !== true,
    'says not what happens when it ends': service.restart !== undefined,
  }
  return Object.entries(checks).flatMap(([problem, holds]) => (holds ? [] : problem))
}

function listHealth(stack: Stack, name: string, service: Service): string[] {
  const isExcused = name in WITHOUT_HEALTH_CHECK
  const hasCheck = service.healthcheck !== undefined
  const waitsForNobody = Object.entries(service.depends_on ?? {}).filter(
    ([other, { condition }]) =>
      !stack.services.has(other) ||
      (condition === 'service_healthy' && stack.services.get(other)?.healthcheck === undefined),
  )
  return [
    ...(hasCheck === isExcused ? ['has no health check, or an excuse for none and yet one'] : []),
    ...waitsForNobody.map(([other]) => `waits for the health of ${other}, which nobody checks`),
  ]
}
