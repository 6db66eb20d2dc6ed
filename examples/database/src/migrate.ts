import { readFileSync } from 'node:fs'
import { Client } from 'pg'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** Brings the database at `url` to the schema, and fills it with the same data every time, unless it has any. */
export async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(read('schema.sql'))
    const { rowCount } = await client.query('select from customers limit 1')
    if (rowCount === 0) await client.query(read('seed.sql'))
  } finally {
    await client.end()
  }
}
