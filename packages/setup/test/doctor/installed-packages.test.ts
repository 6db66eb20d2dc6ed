import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openInstalledPackages } from '../../src/doctor/installed-packages.ts'
import { installed, writeFiles } from './good-installs.ts'

const STORE = 'node_modules/.pnpm'

test('what pnpm has linked is found once for each copy, with who brings it', () => {
  const root = writeFiles({
    'app/package.json':
      '{ "dependencies": { "a": "1", "b": "1" }, "devDependencies": { "tool": "1" } }',
    ...installed('a', '1.0.0', { dependencies: { c: '1' } }, `${STORE}/a@1.0.0/node_modules`),
    ...installed('b', '1.0.0', { peerDependencies: { c: '*' } }, `${STORE}/b@1.0.0/node_modules`),
    ...installed('c', '1.0.0', { dependencies: { a: '1' } }, `${STORE}/c@1.0.0/node_modules`),
    ...installed('c', '2.0.0', {}, `${STORE}/b@1.0.0/node_modules`),
    ...installed('tool', '1.0.0', {}, 'app/node_modules'),
  })
  const link = (from: string, to: string): void => {
    mkdirSync(dirname(join(root, from)), { recursive: true })
    symlinkSync(join(root, STORE, to), join(root, from))
  }
  link('app/node_modules/a', 'a@1.0.0/node_modules/a')
  link('app/node_modules/b', 'b@1.0.0/node_modules/b')
  link(`${STORE}/a@1.0.0/node_modules/c`, 'c@1.0.0/node_modules/c')
  link(`${STORE}/c@1.0.0/node_modules/a`, 'a@1.0.0/node_modules/a')

  const packages = openInstalledPackages(join(root, 'app'))
  expect(packages.reachable().map(({ version, by }) => `${by} ${version}`)).toEqual([
    'a 1.0.0',
    'b 1.0.0',
    'a > c 1.0.0',
    'b > c 2.0.0',
  ])
  expect(packages.find('tool')?.version).toBe('1.0.0')
  expect(packages.find('c')).toBeUndefined()
})
