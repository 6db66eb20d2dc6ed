import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createWorkspace, type Outcome, runNode, type Workspace } from './throughline.ts'

/** A package with our launcher and these files. */
function createPackage(files: Readonly<Record<string, string>>): Workspace {
  const workspace = createWorkspace({ 'package.json': '{ "type": "module" }', ...files })
  mkdirSync(join(workspace.folder, 'bin'))
  copyFileSync(
    fileURLToPath(new URL('../bin/throughline.js', import.meta.url)),
    join(workspace.folder, 'bin/throughline.js'),
  )
  return workspace
}

const launch = ({ folder }: Workspace, ...args: readonly string[]): Promise<Outcome> =>
  runNode([join(folder, 'bin/throughline.js'), ...args], { cwd: folder })

test('what was built is run', async () => {
  const built = createPackage({
    'dist/main.js': 'console.log("built", process.argv.slice(2).join()); process.exitCode = 1',
    'src/main.ts': 'throw new Error("not me")',
  })
  expect(await launch(built, 'a', '--b')).toEqual({ code: 1, out: 'built a,--b\n', err: '' })
})

test('in a checkout that was not built the sources are run, with the sources of our other packages', async () => {
  const checkout = createPackage({
    'src/main.ts':
      'const args: string[] = process.argv.slice(2)\nconsole.log(args.join(), process.execArgv.join())\nprocess.exitCode = 2',
  })
  expect(await launch(checkout, 'a', '--b')).toEqual({
    code: 2,
    out: 'a,--b --conditions=@throughline/source\n',
    err: '',
  })
})

test('with neither it says what to do', async () => {
  expect(await launch(createPackage({}))).toEqual({
    code: 2,
    out: '',
    err: 'throughline is not built: run `npm run build`, or use Node 24, which runs its sources\n',
  })
})
