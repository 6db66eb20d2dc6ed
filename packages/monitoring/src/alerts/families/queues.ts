import { METRIC_THROUGHLINE_JOB_DURATION, METRIC_THROUGHLINE_JOBS } from '@throughline/conventions'
import type { Queue } from '@throughline/catalog'
import type { Ownership } from '../../ownership.ts'
import { THRESHOLDS } from '../../thresholds.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet, type RuleDraft } from '../build-rule.ts'
import { constant, counting, testSeries } from '../test-series.ts'
import {
  errorLogsOf,
  listServices,
  pageUnlessMinor,
  type ServiceScope,
  tracesOf,
} from './service-scope.ts'

type Draft = Pick<
  RuleDraft,
  'alert' | 'expr' | 'for' | 'severity' | 'summary' | 'description' | 'cases'
>

/** Queues, each once, however many services list it: those that fill it and those that empty it see the same one. */
export function queueAlerts(ownership: Ownership): AlertRule[] {
  return listQueues(ownership).flatMap(({ scope, queue }) => {
    const drafts = [
      failing(queue),
      backlogGrowing(queue),
      stalled(scope, queue),
      ...(queue.maxAge === undefined ? [] : [waitTooLong(queue, queue.maxAge.ms / 1000)]),
    ]
    return drafts.map(draft =>
      buildRule(ownership, {
        ...draft,
        team: queue.team,
        service: scope.name,
        decidedBy: [`${scope.name} queue ${queue.name}`],
        labels: { queue: queue.name },
        traces: tracesOf(
          scope.name,
          `span.messaging.destination.name = ${JSON.stringify(queue.name)}`,
        ),
        logs: errorLogsOf(scope.name),
        variables: { service: scope.name },
      }),
    )
  })
}

/** Each queue and team with the service that works on it: a worker, where one lists it. */
function listQueues(ownership: Ownership): { scope: ServiceScope; queue: Queue }[] {
  const found = new Map<string, { scope: ServiceScope; queue: Queue }>()
  const workersFirst = listServices(ownership).toSorted(
    (a, b) => Number(b.service.kind === 'worker') - Number(a.service.kind === 'worker'),
  )
  for (const scope of workersFirst) {
    for (const queue of scope.service.queues) {
      const key = `${queue.name} ${queue.team}`
      if (!found.has(key)) found.set(key, { scope, queue })
    }
  }
  return [...found.values()]
}

/** What products call a job that nobody has begun: pg-boss, BullMQ. */
const WAITING = 'ready|created|waiting'

const waitingOf = ({ name }: Queue): string =>
  `sum by (queue) (max by (queue, state) (${METRIC_THROUGHLINE_JOBS.name}{queue=${JSON.stringify(name)},state=~"${WAITING}"}))`
const doneOf = ({ name }: Queue, outcome = ''): string =>
  `sum by (queue) (rate(${METRIC_THROUGHLINE_JOB_DURATION.name}_count{queue=${JSON.stringify(name)}${outcome}}[10m]))`

const waiting = ({ name: queue }: Queue, values: string): TestSeries =>
  testSeries(METRIC_THROUGHLINE_JOBS.name, { queue, state: 'ready' }, values)
const done = ({ name: queue }: Queue, outcome: string, perMinute: number): TestSeries =>
  testSeries(
    `${METRIC_THROUGHLINE_JOB_DURATION.name}_count`,
    { outcome, queue },
    counting(perMinute),
  )

function failing(queue: Queue): Draft {
  const { value: limit, for: hold } = THRESHOLDS.QueueFailing
  const feed = (failed: number): TestSeries[] => [
    done(queue, 'failed', failed),
    done(queue, 'completed', 60 - failed),
  ]
  return {
    alert: 'QueueFailing',
    expr: `${doneOf(queue, ',outcome="failed"')} / ${doneOf(queue)} > ${limit}`,
    for: hold,
    summary: `{{ $value | humanizePercentage }} of the attempts at jobs of ${queue.name} fail`,
    description: `Over ${limit * 100} % for ${hold}. Each is tried again as the queue says, then is lost or kept as failed.`,
    cases: {
      firing: firing('9 of 60 attempts each minute fail', '25m', feed(9), 0.15, {
        queue: queue.name,
      }),
      quiet: quiet('6 of 60 attempts each minute fail', '25m', feed(6)),
    },
  }
}

function backlogGrowing(queue: Queue): Draft {
  const { value: limit, for: hold } = THRESHOLDS.QueueBacklogGrowing
  const jobs = waitingOf(queue)
  return {
    alert: 'QueueBacklogGrowing',
    expr: `${jobs} > ${limit} and deriv((${jobs})[15m:1m]) > 0`,
    for: hold,
    summary: `{{ $value | humanize }} jobs wait in ${queue.name}, and they become more`,
    description: `More than ${limit} wait, and their number has been growing for ${hold}: too few workers, or slow ones.`,
    cases: {
      firing: firing('one more each minute', '30m', [waiting(queue, '11+1x200')], 41, {
        queue: queue.name,
      }),
      quiet: quiet('many, and as many as before', '30m', [waiting(queue, constant(500))]),
      guards: [quiet('few, though more each minute', '30m', [waiting(queue, '0+0.1x200')])],
    },
  }
}

function stalled(scope: ServiceScope, queue: Queue): Draft {
  const { value: limit, for: hold } = THRESHOLDS.QueueStalled
  return {
    alert: 'QueueStalled',
    expr: `${waitingOf(queue)} > ${limit} unless ${doneOf(queue)} > 0`,
    for: hold,
    severity: pageUnlessMinor(scope),
    summary: `{{ $value | humanize }} jobs wait in ${queue.name}, and none is done`,
    description: `No attempt has ended for 10 minutes while jobs wait: no worker runs, or all of them hang.`,
    cases: {
      firing: firing('three wait and nothing is done', hold, [waiting(queue, constant(3))], 3, {
        queue: queue.name,
      }),
      quiet: quiet('three wait and one a minute is done', hold, [
        waiting(queue, constant(3)),
        done(queue, 'completed', 1),
      ]),
      guards: [quiet('nothing waits', hold, [waiting(queue, constant(0))])],
    },
  }
}

function waitTooLong(queue: Queue, seconds: number): Draft {
  const hold = THRESHOLDS.QueueWaitTooLong.for
  const feed = (jobs: number): TestSeries[] => [
    waiting(queue, constant(jobs)),
    done(queue, 'completed', 60),
  ]
  return {
    alert: 'QueueWaitTooLong',
    expr: `${waitingOf(queue)} / (${doneOf(queue)} > 0) > ${seconds}`,
    for: hold,
    summary: `A job of ${queue.name} waits {{ $value | humanizeDuration }} before it begins`,
    description: `The queue promises ${queue.maxAge?.text}. Reckoned from the jobs that wait and those done in a second (Little's law).`,
    cases: {
      firing: firing(
        'one is done each second, and too many wait',
        '20m',
        feed(seconds * 2),
        seconds * 2,
        { queue: queue.name },
      ),
      quiet: quiet('one is done each second, and as many wait as may', '20m', feed(seconds)),
    },
  }
}
