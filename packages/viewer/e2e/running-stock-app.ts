import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { exchange } from './exchange.ts'

const APP = fileURLToPath(new URL('stock-app.mjs', import.meta.url))

/** How an application sends what it traces. */
export interface Exporting {
  readonly encoding: 'protobuf' | 'json'
  readonly compression: 'none' | 'gzip'
  /** Whether its code makes the exporter, or the environment of the SDK says all. */
  readonly configured: 'code' | 'environment'
}

/** A shop and its warehouse, each a process that has nothing of ours. */
export interface RunningShop extends AsyncDisposable {
  /** Asks the shop for an order; gives the id of the trace. */
  order(sku: string): Promise<{ readonly status: number; readonly traceId: string }>
  readonly shop: string
  readonly warehouse: string
  /** All that either has printed. */
  output(): string
}

export async function startShop(viewerUrl: string, exporting: Exporting): Promise<RunningShop> {
  const { encoding, compression, configured } = exporting
  const suffix = `${encoding}-${compression}`
  const names = { shop: `shop-${suffix}`, warehouse: `warehouse-${suffix}` }
  const environment = {
    PATH: process.env['PATH'],
    VIEWER_URL: viewerUrl,
    ENCODING: encoding,
    COMPRESSION: compression,
    CONFIGURED: configured,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    ...(configured === 'environment'
      ? {
          OTEL_EXPORTER_OTLP_ENDPOINT: viewerUrl,
          OTEL_EXPORTER_OTLP_PROTOCOL: `http/${encoding}`,
          OTEL_EXPORTER_OTLP_COMPRESSION: compression,
        }
      : {}),
  }
  let output = ''
  const start = async (env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url: string }> => {
    const child = fork(APP, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
    const [{ url }] = (await once(child, 'message')) as [{ url: string }]
    return { child, url }
  }
  const warehouse = await start({ ...environment, OTEL_SERVICE_NAME: names.warehouse })
  const shop = await start({
    ...environment,
    OTEL_SERVICE_NAME: names.shop,
    WAREHOUSE_URL: warehouse.url,
  })
  return {
    ...names,
    output: () => output,
    async order(sku) {
      const port = Number(new URL(shop.url).port)
      const { status, headers } = await exchange(port, { method: 'GET', path: `/orders/${sku}` })
      return { status, traceId: String(headers['x-trace-id']) }
    },
    async [Symbol.asyncDispose]() {
      const children = [shop.child, warehouse.child]
      const ended = children.map(child => once(child, 'exit'))
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(ended)
    },
  }
}
