import { constants, monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import {
  METRIC_NODEJS_EVENTLOOP_DELAY_MAX,
  METRIC_NODEJS_EVENTLOOP_DELAY_MEAN,
  METRIC_NODEJS_EVENTLOOP_DELAY_MIN,
  METRIC_NODEJS_EVENTLOOP_DELAY_P50,
  METRIC_NODEJS_EVENTLOOP_DELAY_P90,
  METRIC_NODEJS_EVENTLOOP_DELAY_P99,
  METRIC_NODEJS_EVENTLOOP_UTILIZATION,
  METRIC_PROCESS_CPU,
  METRIC_PROCESS_RESIDENT_MEMORY,
  METRIC_PROCESS_START_TIME,
  METRIC_V8JS_GC_DURATION,
  METRIC_V8JS_MEMORY_HEAP_LIMIT,
  METRIC_V8JS_MEMORY_HEAP_USED,
} from '@throughline/conventions'
import type { Metrics } from './instruments.ts'

/** How often the event loop's delay is sampled; also the least delay that is seen. */
const DELAY_RESOLUTION_MS = 20
const NANOSECONDS = 1e9
const MICROSECONDS = 1e6
const MILLISECONDS = 1e3

const GC_TYPES: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
}

/** Measures the event loop, garbage collection, memory and processor time of this process; returns what stops it. */
export function measureProcess(metrics: Metrics): () => void {
  const stopLoop = measureEventLoop(metrics)
  const stopGc = measureGarbageCollection(metrics)
  measureMemory(metrics)
  measureProcessor(metrics)
  return () => {
    stopLoop()
    stopGc()
  }
}

function measureEventLoop(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS })
  delay.enable()
  const min = metrics.instrument(METRIC_NODEJS_EVENTLOOP_DELAY_MIN)
  const max = metrics.instrument(METRIC_NODEJS_EVENTLOOP_DELAY_MAX)
  const mean = metrics.instrument(METRIC_NODEJS_EVENTLOOP_DELAY_MEAN)
  const p50 = metrics.instrument(METRIC_NODEJS_EVENTLOOP_DELAY_P50)
  const p90 = metrics.instrument(METRIC_NODEJS_EVENTLOOP_DELAY_P90)
  const p99 = metrics.instrument(METRIC_NODEJS_EVENTLOOP_DELAY_P99)
  const utilization = metrics.instrument(METRIC_NODEJS_EVENTLOOP_UTILIZATION)
  let before = performance.eventLoopUtilization()
  metrics.onScrape(() => {
    if (delay.count > 0) {
      min.set([], delay.min / NANOSECONDS)
      max.set([], delay.max / NANOSECONDS)
      mean.set([], delay.mean / NANOSECONDS)
      p50.set([], delay.percentile(50) / NANOSECONDS)
      p90.set([], delay.percentile(90) / NANOSECONDS)
      p99.set([], delay.percentile(99) / NANOSECONDS)
      delay.reset()
    }
    const now = performance.eventLoopUtilization()
    utilization.set([], performance.eventLoopUtilization(now, before).utilization)
    before = now
  })
  return () => void delay.disable()
}

function measureGarbageCollection(metrics: Metrics): () => void {
  const duration = metrics.instrument(METRIC_V8JS_GC_DURATION)
  const observer = new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      const { kind = 0 } = (entry as { detail?: { kind?: number } }).detail ?? {}
      duration.observe([GC_TYPES[kind] ?? 'other'], entry.duration / MILLISECONDS)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  return () => observer.disconnect()
}

function measureMemory(metrics: Metrics): void {
  const used = metrics.instrument(METRIC_V8JS_MEMORY_HEAP_USED)
  const limit = metrics.instrument(METRIC_V8JS_MEMORY_HEAP_LIMIT)
  const resident = metrics.instrument(METRIC_PROCESS_RESIDENT_MEMORY)
  metrics.onScrape(() => {
    for (const space of getHeapSpaceStatistics()) {
      used.set([space.space_name], space.space_used_size)
    }
    limit.set([], getHeapStatistics().heap_size_limit)
    resident.set([], process.memoryUsage.rss())
  })
}

function measureProcessor(metrics: Metrics): void {
  const cpu = metrics.instrument(METRIC_PROCESS_CPU)
  metrics.instrument(METRIC_PROCESS_START_TIME).set([], performance.timeOrigin / MILLISECONDS)
  let counted = 0
  metrics.onScrape(() => {
    const { user, system } = process.cpuUsage()
    const total = (user + system) / MICROSECONDS
    cpu.add([], total - counted)
    counted = total
  })
}
