import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTempFolder } from '../../../cli/test/temp-folder.ts'
import { readProject } from '../../src/index.ts'

type Files = Readonly<Record<string, string>>

const app = (name: string): string =>
  JSON.stringify({ name, scripts: { start: 'node a.js' }, dependencies: { koa: '3' } })
const root = (workspaces?: unknown): Files => ({ 'package.json': JSON.stringify({ workspaces }) })
const pnpm = (text: string): Files => ({ ...root(), 'pnpm-workspace.yaml': text })

const PACKAGES: Files = {
  'apps/api/package.json': app('api'),
  'apps/web/package.json': app('web'),
  'apps/deep/er/package.json': app('deep-er'),
  'apps/api/node_modules/dep/package.json': app('dep'),
  'apps/web/.next/standalone/package.json': app('standalone'),
  'libs/old/package.json': app('old'),
}

const CASES: readonly (readonly [what: string, files: Files, paths: readonly string[]])[] = [
  ['none', root(), []],
  ['an array', root(['apps/*']), ['apps/api', 'apps/web']],
  ['an object', root({ packages: ['apps/*'], nohoist: ['**'] }), ['apps/api', 'apps/web']],
  ['something else', root('apps/*'), []],
  ['null', root(null), []],
  ['entries that are no texts', root([7, 'libs/*']), ['libs/old']],
  ['paths with ./ and / around', root(['./apps/web/']), ['apps/web']],
  ['folders in folders', root(['apps/**']), ['apps/api', 'apps/deep/er', 'apps/web']],
  ['a folder twice', root(['apps/web', 'apps/w*']), ['apps/web']],
  ['braces', root(['{apps,libs}/*']), ['apps/api', 'apps/web', 'libs/old']],
  ['a negation', root(['apps/*', '!apps/web']), ['apps/api']],
  ['a negation of all below', root(['apps/**', '!./apps/deep/**/']), ['apps/api', 'apps/web']],
  ['pnpm, in lines', pnpm('packages:\n  - apps/*\n'), ['apps/api', 'apps/web']],
  ['pnpm, not indented', pnpm('packages:\n- libs/*\ncatalog:\n  - x/*\n'), ['libs/old']],
  [
    'pnpm, in quotes',
    pnpm(`packages:\n  - 'apps/*'\n  - "libs/*"\n`),
    ['apps/api', 'apps/web', 'libs/old'],
  ],
  [
    'pnpm, with comments and empty lines',
    pnpm(
      '# all\npackages: # here\n  # the apps\n  - apps/web # web\n\n  # - apps/api\n  - libs/*\nonlyBuiltDependencies:\n  - apps/deep/er\n',
    ),
    ['apps/web', 'libs/old'],
  ],
  ['pnpm, in brackets', pnpm(`packages: ['apps/web', "libs/*"]\n`), ['apps/web', 'libs/old']],
  [
    'pnpm, in brackets over lines',
    pnpm('packages: [\n  apps/web, # web\n  libs/*,\n]\n'),
    ['apps/web', 'libs/old'],
  ],
  ['pnpm, negated', pnpm(`packages:\n  - '.'\n  - apps/*\n  - '!apps/api'\n`), ['apps/web']],
  [
    'pnpm, with CRLF and a byte order mark',
    pnpm('\uFEFFpackages:\r\n  - apps/web\r\n  - libs/*\r\n'),
    ['apps/web', 'libs/old'],
  ],
  ['pnpm, without packages', pnpm('catalog:\n  react: 19\n'), []],
]

test.for(CASES)('workspaces: %s', ([, files, paths]) => {
  const { apps } = readProject(createTempFolder({ ...PACKAGES, ...files }))
  expect(apps.map(({ path }) => path)).toEqual(paths)
})

const LOCKED: Files = { ...PACKAGES, ...root(['apps/*']), 'yarn.lock': '# yarn lockfile v1\n' }

const ASKED: readonly (readonly [
  what: string,
  files: Files,
  asked: string,
  seen: readonly [root: string, packageManager: string, paths: readonly string[]],
])[] = [
  ['the root', LOCKED, '', ['', 'yarn', ['apps/api', 'apps/web']]],
  ['an application', LOCKED, 'apps/web', ['', 'yarn', ['apps/web']]],
  [
    'a folder of one',
    { ...LOCKED, 'apps/web/src/a.ts': '' },
    'apps/web/src',
    ['', 'yarn', ['apps/web']],
  ],
  ['its package.json', LOCKED, 'apps/web/package.json', ['', 'yarn', ['apps/web']]],
  ['a folder without a package', LOCKED, 'apps', ['', 'yarn', ['apps/api', 'apps/web']]],
  [
    'an application with a lock file of its own by mistake',
    { ...LOCKED, 'apps/web/package-lock.json': '{}' },
    'apps/web',
    ['', 'yarn', ['apps/web']],
  ],
  ['no lock file', { ...PACKAGES, ...root(['apps/*']) }, 'apps/web', ['', 'npm', ['apps/web']]],
  ['a package that no workspace holds', LOCKED, 'libs/old', ['libs/old', 'yarn', ['']]],
  [
    'a package below a lock file without workspaces',
    { ...PACKAGES, ...root(), 'pnpm-lock.yaml': '' },
    'apps/web',
    ['apps/web', 'pnpm', ['']],
  ],
  [
    'a repository inside of another',
    { ...LOCKED, 'apps/web/.git/HEAD': '' },
    'apps/web',
    ['apps/web', 'npm', ['']],
  ],
  [
    'a submodule, whose .git is a file',
    { ...LOCKED, 'apps/web/.git': 'gitdir: ../../.git/modules/web\n' },
    'apps/web',
    ['apps/web', 'npm', ['']],
  ],
]

test.for(ASKED)('asked about %s', ([, files, asked, [place, name, paths]]) => {
  const folder = createTempFolder(files)
  const { root: found, packageManager, apps } = readProject(join(folder, asked))
  expect([found, packageManager.name]).toEqual([join(folder, place), name])
  expect(apps.map(({ path }) => path)).toEqual(paths)
})

test('links that lead in circles are not followed', () => {
  const folder = createTempFolder({ ...PACKAGES, ...root(['apps/**']) })
  symlinkSync('..', join(folder, 'apps/web/loop'))
  symlinkSync('self.js', join(folder, 'apps/web/self.js'))
  expect(readProject(folder).apps.map(({ path }) => path)).toEqual([
    'apps/api',
    'apps/deep/er',
    'apps/web',
  ])
})

test.for([
  ['a folder that is not there', 'nope', 'NO_FOLDER', /there is no folder .*nope$/],
  [
    'a repository without a package.json',
    'empty',
    'NO_PACKAGE_JSON',
    /there is no package.json in .*empty or above/,
  ],
] as const)('%s is refused', ([, asked, code, message]) => {
  const folder = createTempFolder({ ...LOCKED, 'empty/.git/HEAD': '' })
  expect(() => readProject(join(folder, asked))).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) as unknown }),
  )
})
