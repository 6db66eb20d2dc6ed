import {
  ATTR_THROUGHLINE_PROPAGATION,
  ENV_THROUGHLINE_CATALOG,
  ENV_THROUGHLINE_PROPAGATE_TO,
  THROUGHLINE_PROPAGATION_VALUE_WITHHELD,
} from '@throughline/conventions'
import type { Gap } from '../gap.ts'
import type { Surroundings } from '../surroundings.ts'
import { calleeOf, type Callee } from './callee.ts'
import { catalogFile, lineOfService } from './catalog-words.ts'
import type { GapSubject } from './gap-subject.ts'

/** Calls that were told no trace, the first of each service to each host. */
export function findHeaderWithheld({ spans, surroundings }: GapSubject): Gap[] {
  const told = new Set<string>()
  return spans.flatMap((read, place): Gap[] => {
    if (!isWithheld(read.span)) return []
    const callee = calleeOf(read, surroundings)
    const caller = read.span.service
    const key = `${caller} ${callee?.hostAndPort}`
    if (callee === undefined || told.has(key)) return []
    told.add(key)
    return [{ ...judge(caller, callee, surroundings), span: place }]
  })
}

export function isWithheld({ attributes }: { readonly attributes: object }): boolean {
  return (
    (attributes as Record<string, unknown>)[ATTR_THROUGHLINE_PROPAGATION] ===
    THROUGHLINE_PROPAGATION_VALUE_WITHHELD
  )
}

type Judgement = Omit<Gap, 'span'>

const PROVEN = { reason: 'header-withheld', certain: true, linked: undefined } as const

function judge(caller: string, callee: Callee, surroundings: Surroundings): Judgement {
  const { host, hostAndPort, service, kind } = callee
  const file = catalogFile(surroundings)
  const said = `${caller} sent it no trace header: its span says ${ATTR_THROUGHLINE_PROPAGATION} = ${THROUGHLINE_PROPAGATION_VALUE_WITHHELD}.`
  const catalog = surroundings.ownership?.catalog
  const line =
    service === undefined || catalog === undefined ? undefined : lineOfService(catalog, service)
  if (kind === 'external') {
    return {
      ...PROVEN,
      weight: 'note',
      sentence: `${service} is somebody else's: it is told no trace, on purpose.`,
      evidence: [said, `${line} gives ${host} to ${service}, which is kind: external.`],
      mend: undefined,
    }
  }
  if (kind !== undefined) {
    return {
      ...PROVEN,
      weight: 'gap',
      sentence: `The trace stops at ${service} (${host}), which was told no trace header.`,
      evidence: [
        said,
        `${line} has ${host} as a host of ${service}, so ${caller} runs with another catalog, or with none.`,
      ],
      mend: `Give ${caller} this ${file} (${ENV_THROUGHLINE_CATALOG} names its path), and start it again.`,
    }
  }
  const dependency = catalog?.services
    .get(caller)
    ?.dependencies.find(({ host: listed }) => listed === host || listed === hostAndPort)
  const edit = `add "${host}" to services.<its name>.hosts in ${file}, or to ${ENV_THROUGHLINE_PROPAGATE_TO} of ${caller}`
  if (dependency !== undefined) {
    return {
      ...PROVEN,
      weight: 'note',
      sentence: `${host} is a dependency of ${caller} and no service of ours: it is told no trace.`,
      evidence: [
        said,
        `${file}:${dependency.line} lists it under services.${caller}.dependencies.`,
      ],
      mend: `If it is one of yours, ${edit}.`,
    }
  }
  return {
    ...PROVEN,
    weight: 'gap',
    sentence: `The trace stops at ${host}, which was told no trace header.`,
    evidence: [
      said,
      catalog === undefined
        ? 'There is no catalog here that could say whose it is.'
        : `No service of ${file} has the host ${host}.`,
    ],
    mend: `If it is one of yours, ${edit}. If it is somebody else's, list it in ${file} as a service of kind: external.`,
  }
}
