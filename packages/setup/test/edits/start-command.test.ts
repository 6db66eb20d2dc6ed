import { describe, expect, test } from 'vitest'
import { addPreload, removePreload } from '../../src/edits/start-command.ts'

const FLAG = '--import @throughline/node/register'

describe('the command of a script', () => {
  test.for([
    ['node server.js', `node ${FLAG} server.js`],
    ['node .', `node ${FLAG} .`],
    ['node dist/main', `node ${FLAG} dist/main`],
    [
      'node --watch --env-file=.env src/server.ts',
      `node ${FLAG} --watch --env-file=.env src/server.ts`,
    ],
    ['tsx src/index.ts', `tsx ${FLAG} src/index.ts`],
    ['tsx watch src/index.ts', `tsx watch ${FLAG} src/index.ts`],
    ['tsx --watch src/index.ts', `tsx ${FLAG} --watch src/index.ts`],
    ['NODE_ENV=production node server.js', `NODE_ENV=production node ${FLAG} server.js`],
    ['A="b c" node server.js', `A="b c" node ${FLAG} server.js`],
    ['cross-env A=b node server.js', `cross-env A=b node ${FLAG} server.js`],
    ['npx tsx src/index.ts', `npx tsx ${FLAG} src/index.ts`],
    ['pnpm exec tsx src/index.ts', `pnpm exec tsx ${FLAG} src/index.ts`],
    ['node --import tsx src/index.ts', `node ${FLAG} --import tsx src/index.ts`],
    ['dotenv -e .env -- node server.js', `dotenv -e .env -- node ${FLAG} server.js`],
    ['tsc && node dist/server.js', `tsc && node ${FLAG} dist/server.js`],
    ['node build.js && node server.js', `node build.js && node ${FLAG} server.js`],
    ['node server.js | pino-pretty', `node ${FLAG} server.js | pino-pretty`],
    ['node server.js > out.log 2>&1', `node ${FLAG} server.js > out.log 2>&1`],
    ['tsc -w & node server.js', `tsc -w & node ${FLAG} server.js`],
    ['node "my server.js"', `node ${FLAG} "my server.js"`],
    ['./node_modules/.bin/tsx src/index.ts', `./node_modules/.bin/tsx ${FLAG} src/index.ts`],
    ['  node   server.js', `  node ${FLAG}   server.js`],
  ] as const)('takes the preload: %s', ([command, preloaded]) => {
    expect(addPreload(command)).toBe(preloaded)
    expect(addPreload(preloaded)).toBe(preloaded)
    expect(removePreload(preloaded)).toBe(command)
  })

  test.for([
    'npm run build',
    'next start',
    'nest start --watch',
    'fastify start -l info app.js',
    'nodemon server.js',
    'ts-node src/index.ts',
    'node',
    'node --test test/a.js',
    'node -e "a()" b',
    'node --check server.js',
    'concurrently "node server.js" "tsc -w"',
    'echo node server.js',
    '',
  ])('takes none: %s', command => {
    expect(addPreload(command)).toBeUndefined()
    expect(removePreload(command)).toBe(command)
  })

  test('that has the preload in other words stays', () => {
    const command = 'node --import=@throughline/node/register server.js'
    expect(addPreload(command)).toBe(command)
  })
})
