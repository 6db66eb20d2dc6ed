import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileGlob } from '../src/lint/glob.ts'
import { acceptUnowned, lintRepository } from '../src/lint/lint-repository.ts'
import { lintTree, remove, replace, TODAY, withTree, write } from './lint-tree.ts'

const today = TODAY

test('a catalog that is not there is the only thing that is said', () => {
  expect(lintTree(remove('ownership.yaml'))).toEqual([
    {
      rule: 'catalog-invalid',
      level: 'error',
      at: 'ownership.yaml',
      message: 'there is no such file',
      fix: expect.stringContaining('write ownership.yaml'),
    },
  ])
})

test('a catalog of which a date has passed is linted all the same', () => {
  const findings = lintTree(replace('ownership.yaml', 'until: 2026-12-31', 'until: 2026-11-23'))
  expect(findings).toEqual([
    {
      rule: 'catalog-invalid',
      level: 'error',
      at: 'ownership.yaml:52:61',
      message: 'exception from route-unowned for "web /legacy/**" expired on 2026-11-23',
      fix: expect.stringContaining('remove it'),
    },
    expect.objectContaining({
      rule: 'route-unowned',
      at: 'services/web/app/legacy/[id]/page.tsx',
    }),
  ])
})

test('a catalog may lie in a folder, with the list of accepted routes beside it', () => {
  const move = (tree: Map<string, string>): void => {
    for (const name of ['ownership.yaml', 'ownership.unowned.txt']) {
      tree.set(`company/${name}`, tree.get(name) ?? '')
      tree.delete(name)
    }
  }
  expect(lintTree(move, { catalog: 'company/ownership.yaml' })).toEqual([])
})

describe('the list of routes that an app prints', () => {
  const listed = (routes: readonly string[]): string =>
    JSON.stringify(
      routes.map(route => {
        const [service, method, path] = route.split(' ')
        return { service, method, route: path }
      }),
    )
  const unreadable = write('services/api/src/app.ts', "import express from 'express'\nexpress()\n")

  test('takes the place of sources that cannot be read', () => {
    const findings = lintTree(
      tree => {
        unreadable(tree)
        tree.set(
          'routes.json',
          listed(['api GET /v1/charges/:id', 'api POST /v1/charges', 'api GET /v1/files/**']),
        )
      },
      { routesFile: 'routes.json' },
    )
    expect(findings).toEqual([])
  })

  test('is held against the catalog both ways', () => {
    const findings = lintTree(
      tree => {
        unreadable(tree)
        tree.set(
          'routes.json',
          listed(['api GET /v1/charges/:id', 'api DELETE /v1/charges/:id', 'api GET /v1/files/**']),
        )
      },
      { routesFile: 'routes.json' },
    )
    expect(findings.map(({ rule, at }) => `${rule} ${at}`)).toEqual([
      'route-not-in-code ownership.yaml:40',
      'route-unowned routes.json#1',
    ])
  })

  test.each([
    ['{', 'not valid JSON'],
    ['[{}]', 'entry 0 is not a service, a method and a route'],
  ])('that is %s is said to be none', (text, message) => {
    const findings = lintTree(write('routes.json', text), { routesFile: 'routes.json' })
    expect(findings).toEqual([
      expect.objectContaining({
        level: 'error',
        at: 'routes.json',
        message: expect.stringContaining(message),
      }),
    ])
  })

  test('that is not there is said to be none', () => {
    expect(lintTree(() => {}, { routesFile: 'routes.json' })).toEqual([
      expect.objectContaining({ rule: 'route-list-invalid', level: 'error', at: 'routes.json' }),
    ])
  })
})

describe('accepting routes without an owner', () => {
  const added = write('services/web/app/added/page.tsx', 'export default () => null\n')

  test('lists those of today, and says what that changes', () => {
    withTree(
      tree => {
        added(tree)
        remove('services/web/app/beta/page.tsx')(tree)
      },
      root => {
        expect(lintRepository(root, { today })).toHaveLength(2)
        expect(acceptUnowned(root, { today })).toEqual({
          ok: true,
          value: {
            file: 'ownership.unowned.txt',
            added: ['web GET /added'],
            removed: ['web GET /beta'],
          },
        })
        const text = readFileSync(join(root, 'ownership.unowned.txt'), 'utf8')
        expect(text).toMatch(/^# [^\n]+\nweb GET \/added\n$/)
        expect(lintRepository(root, { today })).toEqual([])
      },
    )
  })

  test('leaves out what an exception excuses', () => {
    withTree(
      () => {},
      root => {
        acceptUnowned(root, { today })
        expect(readFileSync(join(root, 'ownership.unowned.txt'), 'utf8')).not.toContain('legacy')
      },
    )
  })

  test('writes nothing while the catalog is broken', () => {
    withTree(
      tree => {
        replace('ownership.yaml', 'version: 1', 'version: 2')(tree)
        remove('ownership.unowned.txt')(tree)
      },
      root => {
        expect(acceptUnowned(root, { today })).toMatchObject({ ok: false })
        expect(existsSync(join(root, 'ownership.unowned.txt'))).toBe(false)
      },
    )
  })

  test('an accepted route stays accepted only while it is unowned', () => {
    withTree(added, root => {
      acceptUnowned(root, { today })
      const catalog = join(root, 'ownership.yaml')
      const text = readFileSync(catalog, 'utf8')
      writeFileSync(
        catalog,
        text.replace(
          '- { match: "/settings"',
          '- { match: "/added", team: billing }\n      - { match: "/settings"',
        ),
      )
      expect(lintRepository(root, { today }).map(({ rule }) => rule)).toEqual([
        'accepted-route-stale',
      ])
    })
  })
})

test.each([
  ['services/web/**', 'services/web/app/page.tsx', true],
  ['services/web/**', 'services/web', false],
  ['services/web/', 'services/web/app/page.tsx', true],
  ['./services/*/src/**/*.ts', 'services/api/src/app.ts', true],
  ['services/*.ts', 'services/api/app.ts', false],
  ['services/{api,web}/*.ts', 'services/web/a.ts', true],
  ['services/a?i/[!x].ts', 'services/api/a.ts', true],
  ['services/a.c/*', 'services/abc/x', false],
  ['**/*.sql', 'db/one.sql', true],
])('the glob %s matches %s: %s', (glob, path, matches) => {
  expect(compileGlob(glob)(path)).toBe(matches)
})
