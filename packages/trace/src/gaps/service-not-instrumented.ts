import { ENV_OTEL_EXPORTER_OTLP_ENDPOINT } from '@throughline/conventions'
import type { Gap } from '../gap.ts'
import { queueOf } from '../span-attributes.ts'
import { nameOfCallee } from './callee.ts'
import { catalogFile, howToInstrument, lineOfService } from './catalog-words.ts'
import type { GapSubject } from './gap-subject.ts'
import { isNear } from './near-host.ts'
import {
  findUnansweredCalls,
  findContinued,
  findServing,
  type UnansweredCall,
} from './unanswered-calls.ts'

/** Calls and messages to what has never sent a span here, though it is one of ours, or near enough to be. */
export function findServiceNotInstrumented(subject: GapSubject): Gap[] {
  const serving = findServing(subject)
  return [
    ...findUnansweredCalls(subject).flatMap(call => judgeCall(call, subject, serving) ?? []),
    ...judgeMessages(subject),
  ]
}

function judgeCall(
  { place, span, callee }: UnansweredCall,
  subject: GapSubject,
  serving: ReadonlySet<string>,
): Gap | undefined {
  const { surroundings } = subject
  const { service, kind, host } = callee
  if (kind === 'external') return undefined
  if (service === undefined) return judgeNearHost(place, span.service, host, subject)
  if (serving.has(service)) return undefined
  const catalog = surroundings.ownership?.catalog
  const line = catalog && lineOfService(catalog, service)
  const sends = surroundings.services?.some(({ name }) => name === service) === true
  return {
    reason: 'service-not-instrumented',
    weight: 'gap',
    span: place,
    sentence: `The trace stops at ${nameOfCallee(callee)}: ${sends ? 'it sends spans, and none of a request that it served' : `no span of ${service} has ever arrived`}.`,
    evidence: [
      `${span.service} sent it the trace header, and got an answer.`,
      ...(line === undefined ? [] : [`${line} has ${host} as a host of ${service}.`]),
    ],
    certain: surroundings.services !== undefined,
    mend: sends
      ? `Let tracing start before what serves is loaded: ${howToInstrument(service, kind)}.`
      : `To see what happens there, ${howToInstrument(service, kind)}.`,
    linked: undefined,
  }
}

function judgeNearHost(
  place: number,
  caller: string,
  host: string,
  { surroundings }: GapSubject,
): Gap | undefined {
  if (!isNear(host)) return undefined
  const file = catalogFile(surroundings)
  return {
    reason: 'service-not-instrumented',
    weight: 'gap',
    span: place,
    sentence: `The trace stops at ${host}: nothing that answers there has sent a span of this call.`,
    evidence: [
      `${caller} sent it the trace header, and got an answer.`,
      `${host} is this machine, or in a private network.`,
      surroundings.ownership === undefined
        ? 'There is no catalog here that could say whose it is.'
        : `No service of ${file} has this host.`,
    ],
    certain: false,
    mend: `Name it: add "${host}" to services.<its name>.hosts in ${file}. If it sends no spans yet, ${howToInstrument('it', undefined).replaceAll('OTEL_SERVICE_NAME=it', 'OTEL_SERVICE_NAME=<its name>')}.`,
    linked: undefined,
  }
}

/** Messages to a queue that the catalog gives to another service, which has never sent a span. */
function judgeMessages({ spans, surroundings }: GapSubject): Gap[] {
  const { ownership, services } = surroundings
  if (ownership === undefined || services === undefined) return []
  const continued = findContinued(spans)
  const told = new Set<string>()
  return spans.flatMap(({ span, category }, place): Gap[] => {
    const queue = queueOf(span.attributes)
    if (span.kind !== 'producer' || category !== 'queue' || queue === undefined) return []
    if (continued.has(place)) return []
    const workers = [...ownership.catalog.services].filter(
      ([name, { queues }]) => name !== span.service && queues.some(each => each.name === queue),
    )
    const [first] = workers
    if (first === undefined || told.has(queue)) return []
    if (workers.some(([name]) => services.some(known => known.name === name))) return []
    told.add(queue)
    const [name, { kind }] = first
    return [
      {
        reason: 'service-not-instrumented',
        weight: 'gap',
        span: place,
        sentence: `The trace stops at the queue ${queue}: no span of ${name}, which works on it, has ever arrived.`,
        evidence: [
          `${span.service} sent a message to ${queue}.`,
          `${lineOfService(ownership.catalog, name)} lists ${queue} among the queues of ${name}.`,
        ],
        certain: false,
        mend: `To see what happens there, ${howToInstrument(name, kind)}. If it runs so already, look at its ${ENV_OTEL_EXPORTER_OTLP_ENDPOINT}.`,
        linked: undefined,
      },
    ]
  })
}
