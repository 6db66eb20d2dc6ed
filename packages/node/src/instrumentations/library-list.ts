import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { Metrics } from '../metrics/instruments.ts'
import type { OutgoingTrust } from '../trust/outgoing-trust.ts'
import { judgeGrpcCalls } from './grpc.ts'
import { mendPg } from './pg.ts'

/** An instrumentation of `@opentelemetry/auto-instrumentations-node`, and what an application has when it needs it. */
export interface LibraryInstrumentation {
  /** Last part of the package's name, as `OTEL_NODE_*_INSTRUMENTATIONS` takes it. */
  readonly name: string
  /** Class that the package exports. */
  readonly exportName: string
  /** Packages of which the application must have one. */
  readonly targets: readonly string[]
  /** Package that does the same work one level higher; where the application has it, this one is left out. */
  readonly unless?: string
  /** Options of the class. */
  readonly config?: object
  /** Whether the package writes logs: they carry the ids of the active span, and are sent by OTLP where that is asked for. */
  readonly writesLogs?: true
  /** Mends what it does wrong, once it is made. */
  readonly mend?: (instrumentation: Instrumentation, means: MendingMeans) => void
}

/** What instrumentations are mended with. */
export interface MendingMeans {
  /** For what an instrumentation does not measure well itself. */
  readonly metrics: Metrics
  /** For calls whose host is told of no trace. */
  readonly outgoing: OutgoingTrust
}

// Not the queries of pollers and of start-up, each of which would be a trace of its own; and not the wait for a pooled
// connection, one span in four on a route that queries: the metrics of the pool show one that runs dry.
const QUERIES_ONLY = { requireParentSpan: true, ignoreConnectSpans: true }

// No span for each middleware: a layer says nothing about the work, and an application has dozens.
const ROUTES_ONLY = { ignoreLayersType: ['middleware', 'router'] }

/**
 * The libraries of `@opentelemetry/auto-instrumentations-node`, but for those that Throughline starts itself
 * (http, undici, the runtime) and those that are for no library: fs, net and dns drown a trace, aws-lambda is
 * for a platform.
 */
export const LIBRARIES: readonly LibraryInstrumentation[] = [
  { name: 'amqplib', exportName: 'AmqplibInstrumentation', targets: ['amqplib'] },
  {
    name: 'aws-sdk',
    exportName: 'AwsInstrumentation',
    targets: [
      '@smithy/core',
      '@smithy/smithy-client',
      '@aws-sdk/smithy-client',
      '@aws-sdk/middleware-stack',
    ],
  },
  {
    name: 'bunyan',
    exportName: 'BunyanInstrumentation',
    targets: ['bunyan'],
    writesLogs: true,
  },
  {
    name: 'cassandra-driver',
    exportName: 'CassandraDriverInstrumentation',
    targets: ['cassandra-driver'],
  },
  { name: 'connect', exportName: 'ConnectInstrumentation', targets: ['connect'] },
  { name: 'cucumber', exportName: 'CucumberInstrumentation', targets: ['@cucumber/cucumber'] },
  { name: 'dataloader', exportName: 'DataloaderInstrumentation', targets: ['dataloader'] },
  {
    name: 'express',
    exportName: 'ExpressInstrumentation',
    targets: ['express'],
    config: ROUTES_ONLY,
  },
  { name: 'generic-pool', exportName: 'GenericPoolInstrumentation', targets: ['generic-pool'] },
  {
    name: 'graphql',
    exportName: 'GraphQLInstrumentation',
    targets: ['graphql'],
    config: { ignoreTrivialResolveSpans: true },
  },
  {
    name: 'grpc',
    exportName: 'GrpcInstrumentation',
    targets: ['@grpc/grpc-js'],
    mend: judgeGrpcCalls,
  },
  { name: 'hapi', exportName: 'HapiInstrumentation', targets: ['@hapi/hapi'] },
  {
    name: 'ioredis',
    exportName: 'IORedisInstrumentation',
    targets: ['ioredis'],
    config: { requireParentSpan: true },
  },
  { name: 'kafkajs', exportName: 'KafkaJsInstrumentation', targets: ['kafkajs'] },
  {
    name: 'knex',
    exportName: 'KnexInstrumentation',
    targets: ['knex'],
    config: { requireParentSpan: true },
  },
  {
    name: 'koa',
    exportName: 'KoaInstrumentation',
    targets: ['koa'],
    config: { ignoreLayersType: ['middleware'] },
  },
  { name: 'lru-memoizer', exportName: 'LruMemoizerInstrumentation', targets: ['lru-memoizer'] },
  { name: 'memcached', exportName: 'MemcachedInstrumentation', targets: ['memcached'] },
  {
    name: 'mongodb',
    exportName: 'MongoDBInstrumentation',
    targets: ['mongodb'],
    config: { requireParentSpan: true },
  },
  {
    name: 'mongoose',
    exportName: 'MongooseInstrumentation',
    targets: ['mongoose'],
    config: { requireParentSpan: true },
  },
  { name: 'mysql', exportName: 'MySQLInstrumentation', targets: ['mysql'] },
  { name: 'mysql2', exportName: 'MySQL2Instrumentation', targets: ['mysql2'] },
  { name: 'nestjs-core', exportName: 'NestInstrumentation', targets: ['@nestjs/core'] },
  { name: 'openai', exportName: 'OpenAIInstrumentation', targets: ['openai'] },
  { name: 'oracledb', exportName: 'OracleInstrumentation', targets: ['oracledb'] },
  {
    name: 'pg',
    exportName: 'PgInstrumentation',
    targets: ['pg'],
    config: QUERIES_ONLY,
    mend: mendPg,
  },
  { name: 'pino', exportName: 'PinoInstrumentation', targets: ['pino'], writesLogs: true },
  {
    name: 'redis',
    exportName: 'RedisInstrumentation',
    targets: ['redis', '@redis/client'],
    config: { requireParentSpan: true },
  },
  { name: 'restify', exportName: 'RestifyInstrumentation', targets: ['restify'] },
  // Express is built on router and names its routes itself.
  { name: 'router', exportName: 'RouterInstrumentation', targets: ['router'], unless: 'express' },
  { name: 'socket.io', exportName: 'SocketIoInstrumentation', targets: ['socket.io'] },
  { name: 'tedious', exportName: 'TediousInstrumentation', targets: ['tedious'] },
  {
    name: 'winston',
    exportName: 'WinstonInstrumentation',
    targets: ['winston'],
    writesLogs: true,
  },
]
