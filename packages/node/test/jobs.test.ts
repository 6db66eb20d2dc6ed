import { context, ROOT_CONTEXT, SpanKind, trace, type Tracer } from '@opentelemetry/api'
import { AlwaysOffSampler, AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createContextManager } from '../src/context-manager.ts'
import { createJobs, type Jobs } from '../src/errors/jobs.ts'

beforeAll(() => void context.setGlobalContextManager(createContextManager()))
afterAll(() => context.disable())

interface Told {
  readonly error: unknown
  readonly queue: string | undefined
}

function watch(sampler = new AlwaysOnSampler()): { jobs: Jobs; tracer: Tracer; told: Told[] } {
  const told: Told[] = []
  const jobs = createJobs(error => told.push({ error, queue: jobs.find(context.active())?.queue }))
  const tracer = jobs.watch(new TracerProvider({ sampler }).getTracer('queue'))
  return { jobs, tracer, told }
}

const consumer = {
  kind: SpanKind.CONSUMER,
  attributes: { 'messaging.destination.name': 'reports' },
}

test.for([
  ['sampled', new AlwaysOnSampler()],
  ['not sampled', new AlwaysOffSampler()],
] as const)('the exception of a job that is %s is its failure', ([, sampler]) => {
  const { tracer, told } = watch(sampler)
  const error = new Error('boom')
  tracer.startSpan('process reports', consumer, ROOT_CONTEXT).recordException(error)
  expect(told).toEqual([{ error, queue: 'reports' }])
})

test('an exception of any other span is not', () => {
  const { tracer, told } = watch()
  tracer.startSpan('GET', { kind: SpanKind.CLIENT }).recordException(new Error('boom'))
  tracer.startSpan('GET', { kind: SpanKind.SERVER }).recordException(new Error('boom'))
  expect(told).toEqual([])
})

test('what runs below a job belongs to it, and what runs beside it does not', () => {
  const { jobs, tracer } = watch()
  tracer.startActiveSpan('process reports', consumer, job => {
    expect(jobs.find(context.active())).toMatchObject({ span: job, queue: 'reports' })
    tracer.startActiveSpan('query', inner => {
      expect(trace.getActiveSpan()).toBe(inner)
      expect(jobs.find(context.active())?.span).toBe(job)
    })
  })
  tracer.startActiveSpan('else', () => expect(jobs.find(context.active())).toBeUndefined())
})
