import { findEntry, findNamedEntry } from './entry-file.ts'
import type { AppBase, NodeApp } from './project.ts'
import { readSources } from './source-files.ts'
import { listStarts } from './start-scripts.ts'

/** Packages of the frameworks, those that are made of others first. */
const FRAMEWORKS: readonly (readonly [dependency: string, framework: NodeApp['framework']])[] = [
  ['@nestjs/core', 'nest'],
  ['fastify', 'fastify'],
  ['@hono/node-server', 'hono'],
  ['koa', 'koa'],
  ['express', 'express'],
]

/** Libraries that are traced, of which a process without a framework has at least one. */
const TRACED = [
  '@hapi/hapi',
  'amqplib',
  'bullmq',
  'ioredis',
  'kafkajs',
  'mongodb',
  'mysql2',
  'pg',
  'pg-boss',
]

/** A process of Node, where a package is one: something starts it, and it has a framework, listens by itself or works with what is traced. */
export function readNodeApp(base: AppBase, main: string | undefined): NodeApp | undefined {
  const { dependencies, scripts } = base.manifest
  const running = listStarts(scripts)
  if (running.length === 0) return undefined
  const framework = FRAMEWORKS.find(([name]) => Object.hasOwn(dependencies, name))?.[1]
  const isWorker =
    TRACED.some(name => Object.hasOwn(dependencies, name)) &&
    findNamedEntry(base, running, main) !== undefined
  if (framework === undefined && !isWorker && !listensByItself(base.folder)) return undefined
  return {
    ...base,
    kind: 'node',
    framework: framework ?? 'http',
    entry: findEntry(base, running, main),
    starts: running.map(({ name, command, takesImport }) => ({ name, command, takesImport })),
  }
}

/** Whether the sources make a server of `node:http`, and listen. */
function listensByItself(folder: string): boolean {
  const sources = readSources(folder)
  return (
    sources.some(
      ({ text }) =>
        /['"](node:)?http[s2]?['"]/.test(text) && /\bcreate(Secure)?Server\s*\(/.test(text),
    ) && sources.some(({ text }) => /\.listen\s*\(/.test(text))
  )
}
