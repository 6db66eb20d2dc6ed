import { start } from '@throughline/node'

// START=twice: a second start must refuse. Otherwise starts, makes one span and ends by itself.
const telemetry = start({ service: 'started-by-code' })
if (process.env.START === 'twice') {
  try {
    start()
  } catch (error) {
    console.log(JSON.stringify({ code: error.code, message: error.message, fix: error.fix }))
  }
}
const { trace } = await import('@opentelemetry/api')
trace.getTracer('fixture').startActiveSpan('work', span => span.end())
if (process.env.START === 'shutdown') await telemetry.shutdown()
console.log('done')
