import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Meta } from '../../src/api/meta.ts'
import type { OwnershipView } from '../../src/api/ownership.ts'
import type { RouteTable } from '../../src/api/routes.ts'
import type { TraceList } from '../../src/api/traces.ts'
import type { Viewer } from '../../src/viewer.ts'
import { catalogText } from '../catalog-text.ts'
import { send, served } from './otlp-body.ts'
import { makeFolder, readJson, SOON, start } from './running-viewer.ts'

async function startWith(
  text: string,
): Promise<{ readonly viewer: Viewer; readonly file: string }> {
  const file = join(makeFolder(), 'ownership.yaml')
  writeFileSync(file, text)
  return { viewer: await start({ catalog: file }), file }
}

const teamsOf = async (viewer: Viewer): Promise<unknown> =>
  (await readJson<RouteTable>(viewer, '/api/routes')).routes.map(({ team, decidedBy }) => [
    team,
    decidedBy,
  ])

test('spans that name no team get it from the catalog', async () => {
  const { viewer } = await startWith(catalogText())
  await send(viewer, served())
  const list = await readJson<TraceList>(viewer, '/api/traces?q=team:billing')
  expect(list.traces).toMatchObject([{ team: 'billing' }])
  expect((await readJson<Meta>(viewer, '/api/meta')).teams).toEqual(['billing', 'growth'])
})

test('a catalog that changes on disk changes what is shown, and what is kept from then on', async () => {
  const { viewer, file } = await startWith(catalogText('billing'))
  await send(viewer, served())
  expect(await teamsOf(viewer)).toEqual([['billing', 'ownership.yaml:12']])
  writeFileSync(file, `# moved\n${catalogText('growth')}`)
  await expect.poll(() => teamsOf(viewer), SOON).toEqual([['growth', 'ownership.yaml:13']])
  await expect
    .poll(async () => {
      await send(viewer, served({ traceId: 'c'.repeat(32) }))
      return (await readJson<TraceList>(viewer, '/api/traces?q=team:growth')).total
    }, SOON)
    .toBe(1)
})

test('a broken catalog is told with all its problems, and everything else goes on', async () => {
  const { viewer, file } = await startWith('version: 1\nteam: {}\nservice: {}\n')
  await send(viewer, served())
  const { catalog } = await readJson<Meta>(viewer, '/api/meta')
  expect(catalog?.file).toBe(file)
  expect(catalog?.problems.length).toBeGreaterThan(1)
  const ownership = await readJson<OwnershipView>(viewer, '/api/ownership')
  expect(ownership).toEqual({ state: 'broken', file, problems: catalog?.problems })
  expect(await teamsOf(viewer)).toEqual([[undefined, undefined]])
})

test('who owns what is reported, with the routes that were seen and are not listed', async () => {
  const { viewer } = await startWith(catalogText())
  await send(viewer, served(), served({ route: '/surprise' }), served({ route: '/surprise' }))
  const view = await readJson<OwnershipView>(viewer, '/api/ownership')
  expect(view).toMatchObject({
    state: 'ready',
    report: { coverage: { routes: 2, owned: 1, unownedByDesign: 1 } },
    unlistedSeen: [
      { service: 'web', method: 'GET', route: '/surprise', requests: 2, team: 'growth' },
    ],
  })
})

test('without a catalog there is no ownership', async () => {
  expect(await readJson(await start(), '/api/ownership')).toEqual({ state: 'absent' })
})
