// Two collectors in a process of their own: one that is always healthy, and one that does what it is told.
import { startMisbehavingCollector } from '@throughline/checks/misbehaving-collector'

const healthy = await startMisbehavingCollector()
const bad = await startMisbehavingCollector()

process.on('message', async behaviour => {
  if (behaviour !== '?') await bad.behave(behaviour)
  process.send(bad.counts())
})
process.on('disconnect', () => process.exit(0))
process.send({ healthy: healthy.url, bad: bad.url })
