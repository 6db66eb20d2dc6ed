import { expect, test } from 'vitest'
import {
  type Breakage,
  NEXT_BREAKAGES,
  NODE_BREAKAGES,
  OTHER_BREAKAGES,
  SHARED_BREAKAGES,
} from './breakages.ts'
import { GOOD_VARIANTS } from './good-variants.ts'
import { examine, GOOD_NEXT, GOOD_NODE, GOOD_WORKSPACE, writeFiles } from './good-installs.ts'

test.for([
  ['a Next.js application', GOOD_NEXT],
  ['a Fastify application', GOOD_NODE],
  ['a workspace of both', GOOD_WORKSPACE],
] as const)('nothing is found in %s that is as init leaves it', ([, files]) => {
  expect(examine(writeFiles(files))).toEqual([])
})

test.for(Object.entries(GOOD_VARIANTS))('nothing is found: %s', ([, files]) => {
  expect(examine(writeFiles(files))).toEqual([])
})

const BREAKAGES: readonly Breakage[] = [
  ...SHARED_BREAKAGES,
  ...NEXT_BREAKAGES,
  ...NODE_BREAKAGES,
  ...OTHER_BREAKAGES,
]

test.for(BREAKAGES.map(breakage => [breakage.name, breakage] as const))(
  '%s: that is found, and nothing else',
  ([, { files, context, found }]) => {
    const findings = examine(writeFiles(files), context)
    expect(findings.map(({ code, at }) => [code, at])).toEqual(
      found.map(([code, at]) => [code, at]),
    )
    expect(findings.map(({ fix }) => fix)).toEqual(
      found.map(([, , fix]) => expect.stringMatching(fix)),
    )
  },
)

const MENDED = BREAKAGES.filter(({ isMended }) => isMended === true)

test.for(MENDED.map(breakage => [breakage.name, breakage] as const))(
  '%s: mended, it is gone',
  async ([, { files, context }]) => {
    const root = writeFiles(files)
    const written: string[] = []
    for (const { mend } of examine(root, context)) written.push(...((await mend?.()) ?? []))
    expect(written.length).toBeGreaterThan(0)
    expect(examine(root, context)).toEqual([])
  },
)

test('what takes a decision has no mend', () => {
  const decided = BREAKAGES.filter(({ isMended }) => isMended !== true)
  const mendable = decided.filter(({ files, context }) =>
    examine(writeFiles(files), context).some(({ mend }) => mend !== undefined),
  )
  expect(mendable.map(({ name }) => name)).toEqual([])
})
