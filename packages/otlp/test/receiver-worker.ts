// Run as a worker, whose memory can be limited: a receiver that keeps nothing.
import { parentPort } from 'node:worker_threads'
import { startReceiver } from '../src/index.ts'

const receiver = await startReceiver({ onTraces() {}, onLogs() {}, onMetrics() {} })
parentPort?.postMessage(receiver.port, [])
