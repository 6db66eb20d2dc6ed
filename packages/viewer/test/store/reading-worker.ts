import { parentPort, workerData } from 'node:worker_threads'
import { openReader } from '../../src/store/open-reader.ts'

// Looks again and again whether what it reads at once fits together, until it is told to stop.
const { path } = workerData as { readonly path: string }
using reader = openReader(path)
const shared = new Int32Array((workerData as { readonly stop: SharedArrayBuffer }).stop)
parentPort?.postMessage('ready', [])
let reads = 0
const faults: string[] = []
while (Atomics.load(shared, 0) === 0) {
  const { traces, total, newest } = reader.listTraces('', { limit: 1000 })
  if (total !== traces.length) faults.push(`${total} traces in all, ${traces.length} listed`)
  for (const { traceId, spans } of traces.slice(0, 3)) {
    const trace = reader.readTrace(traceId)
    if (trace !== undefined && trace.spans.length < spans) {
      faults.push(`${trace.spans.length} of ${spans} spans of ${traceId}`)
    }
  }
  if (newest < total) faults.push(`${total} traces, of which the newest is ${newest}`)
  reads += 1
}
parentPort?.postMessage({ reads, faults }, [])
