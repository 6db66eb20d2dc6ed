const express = require('express')
const pg = require('pg')

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', () => {})
const app = express()
app.use((_request, _response, next) => next())

app.get('/items/:id', async (request, response) => {
  const { rows } = await pool.query('select $1::int as id', [request.params.id])
  const answer = await fetch(`${process.env.STUB_URL}/charges/${rows[0].id}`)
  response.json({ id: rows[0].id, charge: answer.status })
})

app.get('/boom/:id', () => {
  throw new Error('boom')
})

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`)
})
