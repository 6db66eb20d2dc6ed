import type { SpanKind } from '@throughline/otlp'
import type { SpanCategory } from './reading.ts'

/** How each kind is marked, so that it can be told without colour. */
const SIGNS_OF_KINDS: Readonly<Record<SpanKind, string>> = {
  server: '▶',
  client: '→',
  producer: '⇢',
  consumer: '▷',
  internal: '·',
}

const SIGNS_OF_CATEGORIES: Readonly<Record<SpanCategory, string>> = {
  page: '▤',
  handler: '▶',
  action: '✎',
  proxy: '⇥',
  api: '▶',
  job: '▷',
  queue: '⇢',
  database: '≡',
  call: '→',
  external: '↗',
  browser: '◱',
  internal: '·',
}

export function signOfKind(kind: SpanKind): string {
  return SIGNS_OF_KINDS[kind]
}

export function signOfCategory(category: SpanCategory): string {
  return SIGNS_OF_CATEGORIES[category]
}
