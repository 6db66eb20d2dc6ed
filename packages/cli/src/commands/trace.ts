import { ThroughlineError } from '@throughline/conventions'
import { isTraceId } from '@throughline/otlp'
import { readTrace, renderReading, type TraceReading } from '@throughline/trace'
import {
  type Call,
  CATALOG_OPTION,
  type Command,
  EXIT,
  isSet,
  JSON_OPTION,
  toJson,
} from '../command.ts'
import { openCatalog, optionalPlaceOf } from '../open-catalog.ts'
import { type OptionValues, readOptions } from '../option-values.ts'
import { addSeen } from '../traces/add-seen.ts'
import { chooseSource, SOURCE_OPTIONS } from '../traces/choose-source.ts'
import type { FoundTrace, TraceSource } from '../traces/found-trace.ts'
import { throwAll, UsageError } from '../usage-error.ts'

export const command: Command = {
  synopsis: '<id>',
  arity: [0, 1],
  help: [
    'Prints the tree of a trace with who answers for each part, what went wrong, and where and why a part is missing. It asks the viewer that throughline view started, or with --from tempo or --from jaeger one of these, at --url where they are elsewhere; --file reads a trace that was exported. The first six digits do for one of the newest traces of the viewer, and for a file; where a file has one trace, the id may be left out.',
    'Teams are those that spans name, else those of the catalog. The viewer knows most of why a part is missing: what else it was sent says so. Ends with 1 where the trace is not found.',
  ],
  options: { ...SOURCE_OPTIONS, ...CATALOG_OPTION, ...JSON_OPTION },
  run: trace,
}

async function trace(call: Call): Promise<number> {
  const { terminal } = call
  const values = readOptions(call)
  const open = chooseSource(values)
  const given = readTraceId(call, values)
  throwAll(values.problems)
  const source = await open(terminal)
  const traceId = isTraceId(given) ? given : await completeId(source, given)
  const found = await source.find(traceId)
  if (found === undefined) throw await explainMissing(source, traceId)
  for (const note of found.notes) terminal.err(`${note}\n`)
  const reading = read(call, found)
  const { color, columns: width } = terminal
  terminal.out(
    isSet(call, 'json')
      ? toJson({ schema: 1, ...reading })
      : renderReading(reading, { color, ...(width !== undefined && { width }) }),
  )
  return EXIT.ok
}

/** The id that was given, or its start; empty where there is none. */
function readTraceId({ args }: Call, values: OptionValues): string {
  const [given = ''] = args
  const id = given.toLowerCase()
  if (given === '' && values.text('file') === undefined) {
    values.wrong('trace needs an id', 'write that of a trace, as the viewer and log lines show it')
  }
  if (given !== '' && !isTraceId(id) && !START_OF_ID.test(id)) {
    values.wrong(
      `${JSON.stringify(given)} is not the id of a trace`,
      'write its 32 hex digits, as the viewer and log lines show them',
    )
  }
  return id
}

const START_OF_ID = /^[0-9a-f]{6,31}$/

async function completeId(source: TraceSource, start: string): Promise<string> {
  const ids = await source.complete?.(start)
  if (ids === undefined) {
    throw new UsageError(
      `${JSON.stringify(start)} is the start of an id, and ${source.name} wants all of it`,
      'write its 32 hex digits; only the viewer and a file find a trace by less',
    )
  }
  const [only, ...others] = ids
  if (only === undefined) throw await explainMissing(source, start)
  if (others.length === 0) return only
  throw new UsageError(
    `${source.name} has ${ids.length} traces${start === '' ? '' : ` that begin with ${start}`}`,
    ['name one of them:', ...ids.map(id => `       ${id}`)].join('\n'),
  )
}

async function explainMissing(source: TraceSource, id: string): Promise<ThroughlineError> {
  const what = isTraceId(id) ? `trace ${id}` : id === '' ? 'trace' : `trace that begins with ${id}`
  return new ThroughlineError(`${source.name} has no ${what}`, {
    code: 'TRACE_NOT_FOUND',
    fix: await source.adviseOnMissing(),
  })
}

/** Reads the trace with what is known here, and in the viewer. */
function read(call: Call, { spans, logs, seen }: FoundTrace): TraceReading {
  const place = optionalPlaceOf(call)
  const ownership = place && openCatalog(call, place)?.ownership
  const reading = readTrace(spans, logs, ownership === undefined ? {} : { ownership })
  return seen === undefined ? reading : addSeen(reading, seen)
}
