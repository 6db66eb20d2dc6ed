import { once } from 'node:events'
import {
  ENV_OTEL_EXPORTER_OTLP_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_HEADERS,
  ThroughlineError,
} from '@throughline/conventions'
import { findFreePort, startViewer, type Viewer, type ViewerOptions } from '@throughline/viewer'
import { type Call, CATALOG_OPTION, type Command, EXIT, isSet } from '../command.ts'
import { openCatalog, optionalPlaceOf } from '../open-catalog.ts'
import { type BoundedOptions, readViewerOptions, VIEWER_OPTIONS } from '../viewer-options.ts'

export const command: Command = {
  synopsis: '',
  arity: [0, 0],
  help: [
    'Takes OTLP over HTTP, in protobuf or JSON, and shows it at the address that it prints: traces with who answers for each part and why a part is missing, logs, routes, owners, and who calls whom. It needs no Docker, and stays until Ctrl-C.',
    'Applications send there when OTEL_EXPORTER_OTLP_ENDPOINT is its address. Where port 4318 is taken and none is asked for, it takes the next free one and says so.',
    'The catalog is read again when it changes; without one, teams are those that spans name.',
  ],
  options: {
    ...VIEWER_OPTIONS,
    ...CATALOG_OPTION,
    json: { says: 'print one line of JSON when it is up, for programs' },
  },
  run: view,
}

/** The port at which the viewer listens, and to which applications send, where nobody says otherwise. */
const USUAL_PORT = 4318

async function view(call: Call): Promise<number> {
  const { terminal } = call
  const options = readViewerOptions(call)
  const place = optionalPlaceOf(call)
  // Prints what is wrong with it: the viewer works without, and takes it as soon as it is mended.
  if (place !== undefined) openCatalog(call, place)
  const interrupt = terminal.onInterrupt()
  await using viewer = await start(call, place ? { ...options, catalog: place.path } : options)
  if (isSet(call, 'json')) {
    const { url, pageUrl, port } = viewer
    const line = { schema: 1, url, pageUrl, endpoint: endpointOf(viewer), port, pid: process.pid }
    terminal.out(`${JSON.stringify(line)}\n`)
  } else {
    terminal.out(`${viewer.pageUrl}\n`)
  }
  terminal.err(renderSettings(viewer, options, place?.path))
  if (!interrupt.aborted) await once(interrupt, 'abort')
  return EXIT.ok
}

/** Starts the viewer; at the next free port where the usual one is taken and none was asked for. */
async function start({ terminal }: Call, options: ViewerOptions): Promise<Viewer> {
  const all = { ...options, onNotice: (line: string) => terminal.err(`${line}\n`) }
  try {
    return await startViewer(all)
  } catch (error) {
    const isTaken = ThroughlineError.is(error) && error.code === 'PORT_TAKEN'
    const free =
      isTaken && options.port === undefined && (await findFreePort(USUAL_PORT + 1, options.host))
    if (!free) throw error
    terminal.err(
      `${error.message}; applications that send there do not reach this viewer, at ${free}\n`,
    )
    return startViewer({ ...all, port: free })
  }
}

/** What `OTEL_EXPORTER_OTLP_ENDPOINT` takes to send here. */
const endpointOf = ({ url }: Viewer): string => url.replace(/\/+$/, '')

function renderSettings(
  viewer: Viewer,
  options: BoundedOptions,
  catalog: string | undefined,
): string {
  const { token } = viewer
  const { file, maxSpans, maxBytes } = options
  const bound = `${maxSpans.toLocaleString('en')} spans and ${maxBytes / 2 ** 20} MiB`
  return [
    '',
    'set in the application:',
    `  ${ENV_OTEL_EXPORTER_OTLP_ENDPOINT}=${endpointOf(viewer)}`,
    ...(token === undefined
      ? []
      : [
          `  ${ENV_OTEL_EXPORTER_OTLP_HEADERS}=authorization=Bearer%20${encodeURIComponent(token)}`,
        ]),
    '',
    `catalog  ${catalog ?? 'none here or above: teams are those that spans name'}`,
    `kept     ${file ?? 'until it stops'}, at most ${bound}; the oldest go first`,
    '',
    'Ctrl-C stops it',
    '',
  ].join('\n')
}
