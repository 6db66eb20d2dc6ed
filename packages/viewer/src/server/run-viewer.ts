import { createReceiverHandler } from '@throughline/otlp'
import { ownerOf } from '@throughline/trace'
import type { RequestListener } from 'node:http'
import { createLiveCatalog, type LiveCatalog } from '../live-catalog.ts'
import { startReading, type Reading } from '../reading/reading.ts'
import { openWriter } from '../store/open-writer.ts'
import type { StoreWriter, WriterOptions } from '../store/store.ts'
import type { Viewer, ViewerOptions } from '../viewer.ts'
import { createApiHandler } from './api.ts'
import { createGuard } from './guards.ts'
import { closeServer, createLimitedServer, DEFAULT_LIMITS, listen } from './http-server.ts'
import type { ServerLimits } from './http-server.ts'
import { createImporter } from './import-file.ts'
import { listenFailure } from './listen-failure.ts'
import { createLiveUpdates, type LiveUpdates } from './live-updates.ts'
import { watchMetricsPages } from './metrics-pages.ts'
import { readVersion } from './package-version.ts'
import { createPageHandler } from './page-files.ts'
import { createRequestListener } from './request-listener.ts'
import { addressOf, settle, type ViewerSettings } from './settings.ts'
import { chooseStoreFile } from './store-file.ts'

/** What a viewer is run with beside what its user says. */
export interface ViewerParts {
  /** Folder of the built page. */
  readonly pageFolder: string
  /** @default those of a viewer */
  readonly limits?: ServerLimits
}

/** Runs a viewer. It listens first: without its port it has nothing to keep. */
export async function runViewer(
  options: ViewerOptions,
  { pageFolder, limits = DEFAULT_LIMITS }: ViewerParts,
): Promise<Viewer> {
  const settings = settle(options)
  const server = createLimitedServer(limits)
  const port = await listen(server, settings).catch(async (error: unknown) => {
    throw await listenFailure(error as NodeJS.ErrnoException, settings)
  })
  const url = addressOf(settings.host, port)
  try {
    const works = startWorks(settings, url)
    server.on('request', createListener({ ...settings, port }, pageFolder, works))
    return describe(settings.token, url, port, async () => {
      works.live.stop()
      await closeServer(server)
      await works.stop()
    })
  } catch (error) {
    await closeServer(server)
    throw error
  }
}

/** What a viewer keeps and reads, behind its port. */
interface Works {
  readonly writer: StoreWriter
  readonly reading: Reading
  readonly live: LiveUpdates
  stop(): Promise<void>
}

function startWorks(settings: ViewerSettings, url: string): Works {
  const { catalog, links, maxSpans, maxBytes, metricsPages, onNotice } = settings
  const file = chooseStoreFile(settings.file)
  try {
    const { path } = file
    const writer = openWriter({
      path,
      maxSpans,
      maxBytes,
      ...createNaming(createLiveCatalog(catalog)),
    })
    const viewer = {
      version: readVersion(),
      startedAtMs: Date.now(),
      endpoint: url,
      limits: { maxSpans, maxBytes },
    }
    const reading = startReading({ path, catalog, links, viewer }, { onNotice })
    const pages = watchMetricsPages({
      pages: metricsPages,
      onPoints: points => writer.addMetrics(points),
      onNotice,
    })
    return {
      writer,
      reading,
      live: createLiveUpdates({ stored: () => writer.stored() }),
      async stop() {
        pages.stop()
        await reading.stop()
        writer[Symbol.dispose]()
        file.remove()
      },
    }
  } catch (error) {
    file.remove()
    throw error
  }
}

/** How the catalog names what spans do not. */
function createNaming(catalog: LiveCatalog): Pick<WriterOptions, 'teamOf' | 'serviceOfHost'> {
  return {
    teamOf(span) {
      const reading = catalog.read()
      return reading.state === 'ready' ? ownerOf(span, { ownership: reading })?.team : undefined
    },
    serviceOfHost(host) {
      const reading = catalog.read()
      return reading.state === 'ready' ? reading.resolver.serviceByHost(host) : undefined
    },
  }
}

function createListener(
  settings: ViewerSettings,
  pageFolder: string,
  { writer, reading, live }: Works,
): RequestListener {
  return createRequestListener(createGuard(settings), {
    takeOtlp: createReceiverHandler({
      onTraces(spans, body) {
        writer.addSpans(spans, body)
        live.changed()
        settings.onTraces(spans)
      },
      onLogs(logs) {
        writer.addLogs(logs)
        live.changed()
      },
      onMetrics: points => writer.addMetrics(points),
    }),
    api: createApiHandler({
      reading,
      live,
      stored: () => writer.stored(),
      importFile: createImporter(writer, () => live.changed()),
    }),
    page: createPageHandler(pageFolder),
  })
}

function describe(
  token: string | undefined,
  url: string,
  port: number,
  end: () => Promise<void>,
): Viewer {
  let ending: Promise<void> | undefined
  const stop = (): Promise<void> => (ending ??= end())
  const pageUrl = token === undefined ? `${url}/` : `${url}/?token=${encodeURIComponent(token)}`
  return { url, pageUrl, port, token, stop, [Symbol.asyncDispose]: stop }
}
