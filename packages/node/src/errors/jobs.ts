import {
  context,
  SpanKind,
  trace,
  type Context,
  type Exception,
  type Span,
  type Tracer,
} from '@opentelemetry/api'
import { ATTR_MESSAGING_DESTINATION_NAME } from '@throughline/conventions'

/** A job that is worked on. */
export interface Job {
  readonly span: Span
  /** The queue it came from, as far as its span says. */
  readonly queue: string | undefined
}

/** Called when a job has failed, in the context of the job. */
export type OnJobFailed = (error: unknown) => void

/** Knows the jobs that this process works on, sampled or not, by their consumer spans. */
export interface Jobs {
  /** Makes `tracer` tell of the jobs that it begins. */
  readonly watch: (tracer: Tracer) => Tracer
  /** The job that the work of `active` belongs to. */
  find(active: Context): Job | undefined
}

/** Follows jobs. What a queue library records as an exception on the consumer span is the failure of the job. */
export function createJobs(onFailed: OnJobFailed): Jobs {
  const jobs = new WeakMap<Span, Job>()
  // Most processes work on no jobs, and pay for none.
  let any = false
  const find = (active: Context): Job | undefined => {
    if (!any) return undefined
    const span = trace.getSpan(active)
    return span === undefined ? undefined : jobs.get(span)
  }

  const begin = (span: Span, queue: unknown, parent: Context): void => {
    any = true
    jobs.set(span, { span, queue: typeof queue === 'string' ? queue : undefined })
    const recordException = span.recordException.bind(span)
    span.recordException = (exception: Exception, time) => {
      recordException(exception, time)
      context.with(trace.setSpan(parent, span), onFailed, undefined, exception)
    }
  }

  return {
    watch(tracer) {
      const startSpan = tracer.startSpan.bind(tracer)
      tracer.startSpan = (name, options, parent = context.active()) => {
        const span = startSpan(name, options, parent)
        if (options?.kind === SpanKind.CONSUMER) {
          begin(span, options.attributes?.[ATTR_MESSAGING_DESTINATION_NAME], parent)
        } else {
          const job = find(parent)
          if (job !== undefined) jobs.set(span, job)
        }
        return span
      }
      return tracer
    },
    find,
  }
}
