import { startViewer } from '@throughline/viewer'

// The viewer as a process of its own: says its address, and how much memory it holds whenever it is asked.
const viewer = await startViewer({ port: 0, ...JSON.parse(process.argv[2] ?? '{}') })
process.on('message', () => process.send?.({ memory: process.memoryUsage() }))
process.on('disconnect', () => void viewer.stop().then(() => process.exit()))
process.send?.({ url: viewer.url })
