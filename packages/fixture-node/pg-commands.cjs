const { createServer } = require('node:http')
const { json } = require('node:stream/consumers')
const { setFlagsFromString } = require('node:v8')
const { runInNewContext } = require('node:vm')

// Every way to give pg a statement.
const queryForms = Query => ({
  'pool.query': (pool, text) => pool.query(text),
  'pool.query, callback': (pool, text) => called(done => pool.query(text, done)),
  'client.query': (pool, text) => withClient(pool, client => client.query(text)),
  'client.query, values': (pool, text) => withClient(pool, client => client.query(text, [])),
  'client.query, object': (pool, text) =>
    withClient(pool, client => client.query(Object.freeze({ text, values: [] }))),
  'client.query, callback': (pool, text) =>
    withClient(pool, client => called(done => client.query(text, done))),
  'client.query, values and callback': (pool, text) =>
    withClient(pool, client => called(done => client.query(text, [], done))),
  'client.query, object with callback': (pool, text) =>
    withClient(pool, client => called(callback => client.query({ text, callback }))),
  'client.query, Query with callback': (pool, text) =>
    withClient(pool, client => called(done => client.query(new Query(text, done)))),
})

const called = start =>
  new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(error) : resolve(result)))
  })

async function withClient(pool, work) {
  const client = await pool.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}

async function inTransaction(pool, text) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Serves what an application may do with pg: each deed by its path, with its arguments as JSON. */
exports.serve = ({ Pool, Query }) => {
  const forms = queryForms(Query)
  const pools = new Map()
  const held = new Map()
  const poolOf = name => pools.get(name) ?? fail(`no pool ${name}`)

  const deeds = {
    open: ({ pool, ...options }) => void pools.set(pool, new Pool(options)),
    hold: async ({ pool, clients }) => {
      const taken = Array.from({ length: clients }, () => poolOf(pool).connect())
      held.set(pool, await Promise.all(taken))
    },
    wait: ({ pool, callers }) => {
      for (let caller = 0; caller < callers; caller += 1) {
        poolOf(pool)
          .connect()
          .then(client => client.release())
      }
    },
    giveBack: ({ pool }) => held.get(pool).forEach(client => client.release()),
    end: ({ pool }) => poolOf(pool).end(),
    startEnding: ({ pool }) => void poolOf(pool).end(),
    forget: async ({ pool }) => {
      await new Promise(resolve => poolOf(pool).once('remove', resolve))
      pools.delete(pool)
      await collectGarbage()
    },
    query: ({ pool, form, text }) => forms[form](poolOf(pool), text),
    transaction: ({ pool, text }) => inTransaction(poolOf(pool), text),
    queryNothing: ({ pool }) =>
      withClient(poolOf(pool), client => {
        try {
          client.query(null)
        } catch (error) {
          return { thrown: error.message }
        }
      }),
    queryAndForget: async ({ pool, text }) => {
      const unhandled = new Promise(resolve => process.once('unhandledRejection', resolve))
      await withClient(poolOf(pool), client => {
        client.query(text)
        return client.query('select 1')
      })
      throw await unhandled
    },
  }
  const server = createServer(async (request, response) => {
    try {
      const result = await deeds[request.url.slice(1)](await json(request))
      response.end(JSON.stringify({ rows: result?.rows, thrown: result?.thrown }))
    } catch ({ message, code, stack }) {
      response.end(JSON.stringify({ error: { message, code, stack } }))
    }
  })
  // One pool is made and used before any request, by the variables PGHOST and so on.
  const first = new Pool()
  pools.set('first', first)
  first.query('select 1').then(() => {
    server.listen(0, '127.0.0.1', () => {
      console.log(`listening http://127.0.0.1:${server.address().port}`)
    })
  })
}

const fail = message => {
  throw new Error(message)
}

async function collectGarbage() {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  for (let round = 0; round < 5; round += 1) {
    await new Promise(resolve => setTimeout(resolve, 20))
    collect()
  }
}
