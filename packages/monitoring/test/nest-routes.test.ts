import { expect, test } from 'vitest'
import { serverRoutes } from './server-routes.ts'

const CATS = `import { Body, Controller as Serves, Get, Post, Param, Version } from '@nestjs/common'
import { CATS } from './paths'
@Serves(CATS)
export class CatsController {
  constructor(private readonly cats: CatsService) {}
  @Get()
  list() { return this.cats.all() }
  @UseGuards(AuthGuard) @Get(':id')
  one(@Param('id') id: string) { return this.cats.one(id) }
  @Version('2') @Post()
  create(@Body() cat: Cat) {}
  helper() {}
}`

const HEALTH = `import { All, Controller, Get, Sse } from '@nestjs/common'
@Controller()
export class HealthController {
  @Get('health') health() {}
  @Get(['ready', '/live/']) ready() {}
  @Sse('events') events() {}
  @All('proxy/*') proxy() {}
}`

const nest = (setup: string): string[] | undefined =>
  serverRoutes({
    'src/main.ts': `import { NestFactory } from '@nestjs/core'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  ${setup}
  await app.listen(3000)
}
bootstrap()`,
    'src/paths.ts': "export const CATS = 'cats'",
    'src/cats.controller.ts': CATS,
    'src/health.controller.ts': HEALTH,
  })

const HEALTH_ROUTES = ['GET /events', 'GET /health', 'GET /live', 'GET /ready']

test('the app of the generator of Nest', () => {
  expect(
    serverRoutes({
      'src/app.controller.ts': `import { Controller, Get } from '@nestjs/common';
import { AppService } from './app.service';

@Controller()
export class AppController {
  constructor(private readonly appService: AppService) {}

  @Get()
  getHello(): string {
    return this.appService.getHello();
  }
}`,
    }),
  ).toEqual(['GET /'])
})

test.for([
  ['', ['* /proxy/**', 'GET /cats', 'GET /cats/:id', ...HEALTH_ROUTES, 'POST /cats']],
  [
    "app.setGlobalPrefix('/api/', { exclude: ['health', { path: '/ready', method: RequestMethod.GET }] })",
    [
      '* /api/proxy/**',
      'GET /api/cats',
      'GET /api/cats/:id',
      'GET /api/events',
      'GET /api/live',
      'GET /health',
      'GET /ready',
      'POST /api/cats',
    ],
  ],
  [
    'app.enableVersioning()',
    ['* /proxy/**', 'GET /cats', 'GET /cats/:id', ...HEALTH_ROUTES, 'POST /v2/cats'],
  ],
  [
    "app.enableVersioning({ type: VersioningType.HEADER, header: 'v' })",
    ['* /proxy/**', 'GET /cats', 'GET /cats/:id', ...HEALTH_ROUTES, 'POST /cats'],
  ],
  [
    "app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI, defaultVersion: ['1'] })",
    [
      '* /api/v1/proxy/**',
      'GET /api/v1/cats',
      'GET /api/v1/cats/:id',
      'GET /api/v1/events',
      'GET /api/v1/health',
      'GET /api/v1/live',
      'GET /api/v1/ready',
      'POST /api/v2/cats',
    ],
  ],
] as const)('with %j before them, routes are %j', ([setup, expected]) => {
  expect(nest(setup)).toEqual(expected)
})

test.for([
  'app.setGlobalPrefix(process.env.PREFIX)',
  "app.setGlobalPrefix('api', { exclude: ['health(.*)'] })",
  "app.setGlobalPrefix('api', options)",
  "app.enableVersioning({ type: VersioningType.URI, prefix: 'version-' })",
  'app.enableVersioning(options)',
  "RouterModule.register([{ path: 'admin', module: AdminModule }])",
])('%j cannot be read: no route is listed, and each is a gap', setup => {
  const found = nest(setup) ?? []
  expect(found).toContain('src/cats.controller.ts:6 api: the prefix of the route "" cannot be read')
  expect(found.filter(line => !line.includes('cannot be read'))).toEqual([])
})

test.for([
  [
    "@Controller({ path: ['dogs', 'hounds'] }) class A { @Get() a() {} }",
    ['GET /dogs', 'GET /hounds'],
  ],
  [
    '@Controller(process.env.P) class A { @Get() a() {} }',
    ['a.ts:2 api: the path of a controller cannot be read'],
  ],
  [
    '@Controller({ ...base }) class A { @Get() a() {} }',
    ['a.ts:2 api: the path of a controller cannot be read'],
  ],
  [
    '@Controller() class A { @Get(process.env.P) a() {} }',
    ['a.ts:2 api: the path of a route cannot be read'],
  ],
  [
    '@Controller() class A extends Base { @Get() a() {} }',
    ['GET /', 'a.ts:2 api: what a controller inherits is not followed'],
  ],
  [
    '@Controller() class A { @RequestMapping({ path: "a" }) a() {} }',
    ['a.ts:2 api: the options of a route cannot be read'],
  ],
] as const)('%j is %j', ([text, expected]) => {
  const imports = "import { Controller, Get, RequestMapping } from '@nestjs/common'"
  expect(serverRoutes({ 'a.ts': `${imports}\n${text}` })).toEqual(expected)
})

test('a version that cannot be read is a gap where addresses have versions', () => {
  const controller = (version: string): Record<string, string> => ({
    'main.ts': 'app.enableVersioning()',
    'a.ts': `import { Controller, Get, Version } from '@nestjs/common'
@Controller({ path: 'a', version: '1' })
class A {
  @Get() a() {}
  @Version(${version}) @Get('b') b() {}
}`,
  })
  expect(serverRoutes(controller('process.env.V'))).toEqual([
    'GET /v1/a',
    'a.ts:5 api: the prefix of the route "b" cannot be read',
  ])
  expect(serverRoutes(controller("['2', '3']"))).toEqual([
    'GET /v1/a',
    'GET /v2/a/b',
    'GET /v3/a/b',
  ])
})

test('decorators of others with the same names are not those of Nest', () => {
  expect(
    serverRoutes({
      'a.ts':
        "import { Injectable } from '@nestjs/common'\n@Controller() class A { @Get() a() {} }",
    }),
  ).toBe(undefined)
})
