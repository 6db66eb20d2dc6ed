import { expect, test } from 'vitest'
import { createTempFolder } from '../../../cli/test/temp-folder.ts'
import { readProject } from '../../src/index.ts'

type Files = Readonly<Record<string, string>>

const started = (start: string, fields: object = {}): Files => ({
  'package.json': JSON.stringify({
    name: '@acme/web',
    scripts: { start },
    dependencies: { koa: '3' },
    ...fields,
  }),
})
const inFile = (text: string, name = '.env'): Files => ({ ...started('node .'), [name]: text })
const NAME = 'OTEL_SERVICE_NAME'

const CASES: readonly (readonly [what: string, files: Files, service: string])[] = [
  ['the whole name of the package', started('node .'), '@acme/web'],
  ['no name', started('node .', { name: undefined }), 'unknown_service:node'],
  ['an empty name', started('node .', { name: '' }), 'unknown_service:node'],
  ['a name that is no text', started('node .', { name: 7 }), 'unknown_service:node'],
  ['a script', started(`${NAME}=shop node .`), 'shop'],
  ['a script, in quotes', started(`${NAME}="shop" node .`), 'shop'],
  ['a script, by cross-env', started(`cross-env A=1 ${NAME}=shop node .`), 'shop'],
  [
    'a script that tests',
    started('node .', { scripts: { test: `${NAME}=test vitest`, start: 'node .' } }),
    '@acme/web',
  ],
  ['a script, by another variable', started(`${NAME}=$APP node .`), '@acme/web'],
  ['.env', inFile(`A=1\n${NAME}=shop\n`), 'shop'],
  ['.env, in quotes', inFile(`${NAME} = "shop"\r\n`), 'shop'],
  ['.env, with a space', inFile(`${NAME}='my shop' # ours\n`), 'my shop'],
  ['.env, empty in quotes', inFile(`${NAME}=""\n`), '@acme/web'],
  ['.env, with a comment', inFile(`export ${NAME}=shop # the shop\n`), 'shop'],
  ['.env, in a comment', inFile(`# ${NAME}=shop\n`), '@acme/web'],
  ['.env, empty', inFile(`${NAME}=\nA=1\n`), '@acme/web'],
  ['.env, by another variable', inFile(`${NAME}=\${APP}\n`), '@acme/web'],
  ['.env, a folder', { ...started('node .'), '.env/bin/python': '' }, '@acme/web'],
  ['.env.production', inFile(`${NAME}=shop\n`, '.env.production'), 'shop'],
  [
    '.env.local before .env',
    { ...inFile(`${NAME}=shop\n`), '.env.local': `${NAME}=mine\n` },
    'mine',
  ],
  ['a script before .env', { ...started(`${NAME}=shop node .`), '.env': `${NAME}=a\n` }, 'shop'],
]

test.for(CASES)('name of the service: %s', ([, files, service]) => {
  expect(readProject(createTempFolder(files)).apps).toMatchObject([{ service }])
})
