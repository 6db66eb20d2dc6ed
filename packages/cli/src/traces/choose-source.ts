import type { Command } from '../command.ts'
import type { OptionValues } from '../option-values.ts'
import type { Terminal } from '../terminal.ts'
import type { Place } from './ask.ts'
import { openFileSource } from './file-source.ts'
import type { TraceSource } from './found-trace.ts'
import { createJaegerSource } from './jaeger-source.ts'
import { createTempoSource } from './tempo-source.ts'
import { createViewerSource } from './viewer-source.ts'

/** A kind of server that has traces. */
interface Server extends Pick<Place, 'what' | 'start'> {
  /** Where it listens when nobody says otherwise. */
  readonly url: string
  readonly create: (place: Place) => TraceSource
}

/** How long an answer is waited for. */
const TIMEOUT_MS = 10_000

const VIEWER: Server = {
  what: 'the viewer',
  url: 'http://127.0.0.1:4318',
  start: 'start it with throughline view, or name its address with --url',
  create: createViewerSource,
}

const SERVERS: ReadonlyMap<string, Server> = new Map([
  ['viewer', VIEWER],
  [
    'tempo',
    {
      what: 'Tempo',
      url: 'http://127.0.0.1:3200',
      start: 'start Tempo, or name the address of its API with --url',
      create: createTempoSource,
    },
  ],
  [
    'jaeger',
    {
      what: 'Jaeger',
      url: 'http://127.0.0.1:16686',
      start: 'start Jaeger, or name the address of its page with --url',
      create: createJaegerSource,
    },
  ],
])

/** Options that say where a trace is looked for. */
export const SOURCE_OPTIONS: Command['options'] = {
  from: { value: 'SOURCE', choices: [...SERVERS.keys()], says: 'who is asked, else the viewer' },
  url: {
    value: 'URL',
    says: `its address; else ${[...SERVERS.values()].map(({ url }) => url).join(', ')}`,
  },
  token: { value: 'TEXT', says: 'sent as Authorization: Bearer TEXT' },
  file: {
    value: 'FILE',
    says: 'a trace that was exported as JSON, instead; - reads what is piped in',
  },
}

/** Gives what opens the source that the options name; what is wrong with them is kept in `values`. */
export function chooseSource(values: OptionValues): (terminal: Terminal) => Promise<TraceSource> {
  const file = values.text('file')
  const from = values.text('from')
  const url = values.url('url')
  const token = values.text('token')
  if (file === undefined) {
    const { create, ...server } = SERVERS.get(from ?? '') ?? VIEWER
    const source = create({
      ...server,
      url: url ?? new URL(server.url),
      token,
      timeoutMs: TIMEOUT_MS,
    })
    return () => Promise.resolve(source)
  }
  for (const name of ['from', 'url', 'token']) {
    if (values.text(name) !== undefined) {
      values.wrong(`--${name} says nothing about a file`, `leave out --${name} or --file`)
    }
  }
  return terminal => openFileSource(file, terminal)
}
