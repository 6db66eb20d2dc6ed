import {
  ATTR_THROUGHLINE_NEXT_KIND,
  ATTR_THROUGHLINE_OWNER_UNOWNED,
  THROUGHLINE_OWNER_UNOWNED_VALUE_BY_DESIGN,
} from '@throughline/conventions'
import type { SpanRecord } from '@throughline/otlp'
import type { Gap } from '../gap.ts'
import type { ReadSpan } from '../reading.ts'
import { catalogFile } from './catalog-words.ts'
import type { GapSubject } from './gap-subject.ts'

/** Services that serve in this trace, have a database by the catalog, and of which no query was ever seen. */
export function findDriverNotSeen({ spans, surroundings }: GapSubject): Gap[] {
  const { ownership, services } = surroundings
  if (ownership === undefined || services === undefined) return []
  const asking = new Set(
    spans.flatMap(({ span, category }) => (category === 'database' ? [span.service] : [])),
  )
  const serving = new Map<string, number>()
  for (const [place, { span }] of spans.entries())
    if (isWork(span) && !serving.has(span.service)) serving.set(span.service, place)
  return services.flatMap(({ name, queries }): Gap[] => {
    const service = ownership.catalog.services.get(name)
    const database = service?.dependencies.find(({ db }) => db !== undefined)
    const place = serving.get(name)
    if (queries || asking.has(name) || database === undefined || place === undefined) return []
    const isNext = service?.kind === 'next' || spans.some(read => isOfNext(read, name))
    const file = catalogFile(surroundings)
    return [
      {
        reason: 'driver-not-seen',
        weight: 'gap',
        span: place,
        sentence: `Queries of ${name} are not seen: it has the database ${database.db}, and no span of a query has ever arrived.`,
        evidence: [
          `${file}:${database.line} lists db: ${database.db} under services.${name}.dependencies.`,
          `${name} has sent spans of requests, and never one of a query.`,
        ],
        certain: false,
        mend: isNext ? mendNext(name) : mendNode(name),
        linked: undefined,
      },
    ]
  })
}

/** Whether a span is a request or job that may need a database: what nobody owns on purpose is a check of health. */
const isWork = ({ kind, attributes }: SpanRecord): boolean =>
  (kind === 'server' || kind === 'consumer') &&
  attributes[ATTR_THROUGHLINE_OWNER_UNOWNED] !== THROUGHLINE_OWNER_UNOWNED_VALUE_BY_DESIGN

const isOfNext = ({ span }: ReadSpan, service: string): boolean =>
  span.service === service && span.attributes[ATTR_THROUGHLINE_NEXT_KIND] !== undefined

function mendNext(service: string): string {
  return `In next.config of ${service}, leave the driver to Node: serverExternalPackages: ['pg'], or the name of the driver that it uses; withThroughline() of @throughline/next/config lists those that are traced. Take it out of transpilePackages.`
}

function mendNode(service: string): string {
  return `Start ${service} by node --import @throughline/node/register, so that tracing is there before the driver, and leave the driver out of its bundle. Drivers that are ES modules only are not traced; packages/node/README.md lists those that are.`
}
