import { expect, test } from 'vitest'
import { addPreload } from '../../src/edits/start-command.ts'
import { listStarts } from '../../src/project/start-scripts.ts'

const TAKES_IMPORT: readonly string[] = [
  'node .',
  'node server.js',
  'node ./bin/www',
  'node bin/www',
  'node dist/main',
  'node ./dist/src/main.js',
  '/usr/bin/node server.js',
  'node --watch server.js',
  'node --env-file=.env server.js',
  'node --env-file .env server.js',
  'node --inspect -r dotenv/config server.js',
  'node server.js -p 3000',
  'node server.js --test',
  'NODE_ENV=production node .',
  'cross-env NODE_ENV=production node server.js',
  'npx tsx src/server.ts',
  'tsx src/server.ts',
  'tsx watch src/server.ts',
  'tsx watch --env-file=.env src/server.ts',
  'npm run build && node dist/main.js',
  'node scripts/migrate.js && node server.js',
  'dotenv -e .env -- node server.js',
  'dotenv -- node server.js',
  'doppler run -- node server.js',
  'node "my server.js"',
  'node server.js | pino-pretty',
  'set NODE_ENV=production&& node server.js',
  'exec node server.js',
  'yarn node server.js',
]

const TAKES_NONE: readonly string[] = [
  'nodemon',
  'nodemon server.js',
  'nodemon -e ts --exec ts-node src/server.ts',
  'nodemon --exec "node --inspect" server.js',
  'ts-node src/server.ts',
  'ts-node-dev --respawn src/server.ts',
  'node_modules/.bin/ts-node src/server.ts',
  'vite-node src/server.ts',
  'bun src/server.ts',
  'bun run src/server.ts',
  'nest start',
  'nest start --watch',
  'fastify start -l info app.js',
  'fastify start -w -l info -P dist/app.js',
  'pnpm exec nest start',
  'dotenv -e .env nest start',
  'node scripts/migrate.js && fastify start app.js',
  'concurrently "tsc -w" "node --watch dist/main.js"',
  "tsc-watch --onSuccess 'node dist/main.js'",
  'cross-env-shell NODE_ENV=production "node server.js"',
  'pm2-runtime start ecosystem.config.js',
]

const NO_STARTS: readonly string[] = [
  '',
  'next dev',
  'vite',
  'tsc -w',
  'turbo dev',
  'node',
  'node --watch',
  'node --test',
  'node --test test/a.js',
  'node --check server.js',
  'node --run build',
  `node -e "console.log('node server.js')"`,
  'node build.js --watch',
  'node esbuild.mjs --watch',
  'node scripts/start.js',
  'node esbuild.config.mjs',
  'nest build',
  'fastify generate',
  'bun run build',
  'npm run start:prod',
  'yarn workspace web start',
  'wrangler dev',
  'concurrently "npm:watch" "npm:serve"',
  'echo node server.js',
]

const starts = (command: string, name = 'start') => listStarts({ [name]: command })

test.for(TAKES_IMPORT)('%s is a start that takes --import', command => {
  expect(starts(command)).toMatchObject([{ name: 'start', command, takesImport: true }])
  expect(addPreload(command)).toContain('--import')
})

test.for(TAKES_NONE)('%s is a start that takes no --import', command => {
  expect(starts(command)).toMatchObject([{ name: 'start', command, takesImport: false }])
})

test.for(NO_STARTS)('"%s" is no start', command => {
  expect(starts(command)).toEqual([])
})

test.for(['start', 'dev', 'develop', 'serve', 'server', 'watch', 'prod', 'start:prod', 'dev.api'])(
  'a script is called %s where it starts an application',
  name => {
    expect(starts('node server.js', name)).toHaveLength(1)
  },
)

test.for(['test', 'build', 'prestart', 'migrate', 'seed', 'starter', 'devtools'])(
  'a script that is called %s starts none',
  name => {
    expect(starts('node server.js', name)).toEqual([])
  },
)
