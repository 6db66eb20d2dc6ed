import { expect, test } from 'vitest'
import { laySql } from '../../page/trace/sql-text.ts'
import { readSql } from '../../page/trace/sql-tokens.ts'

const layText = (sql: string): string =>
  laySql(sql)
    .map(({ text }) => text)
    .join('')

test.for([
  ['SELECT 1', 'SELECT 1'],
  [
    'select id, name from plan where org = $1 and open order by name desc limit 10',
    'select id, name\nfrom plan\nwhere org = $1\n  and open\norder by name desc\nlimit 10',
  ],
  [
    'SELECT * FROM a LEFT OUTER JOIN b ON a.id = b.id INNER JOIN c USING (id)',
    'SELECT *\nFROM a\nLEFT OUTER JOIN b ON a.id = b.id\nINNER JOIN c USING (id)',
  ],
  [
    'INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = $2 RETURNING id',
    'INSERT INTO t (a, b)\nVALUES ($1, $2)\nON CONFLICT (a) DO UPDATE\nSET b = $2\nRETURNING id',
  ],
  ['DELETE FROM t WHERE a = 1', 'DELETE FROM t\nWHERE a = 1'],
  ['UPDATE t SET a = 1 WHERE b = 2', 'UPDATE t\nSET a = 1\nWHERE b = 2'],
  [
    'SELECT * FROM t WHERE a IN (SELECT b FROM u WHERE c) AND d',
    'SELECT *\nFROM t\nWHERE a IN (SELECT b\n  FROM u\n  WHERE c)\n  AND d',
  ],
  ['SELECT extract(year FROM at) FROM t', 'SELECT extract(year FROM at)\nFROM t'],
  [
    'SELECT * FROM t WHERE a BETWEEN 1 AND 2 AND b',
    'SELECT *\nFROM t\nWHERE a BETWEEN 1 AND 2\n  AND b',
  ],
  ['SELECT a FROM t FOR UPDATE SKIP LOCKED', 'SELECT a\nFROM t\nFOR UPDATE SKIP LOCKED'],
  ['SELECT a  -- from here\n  FROM t', 'SELECT a -- from here\nFROM t'],
  ['SELECT a -- one\n , b', 'SELECT a -- one\n, b'],
  ["SELECT ' from  where ' FROM t", "SELECT ' from  where '\nFROM t"],
  ['BEGIN', 'BEGIN'],
  ['  ', ''],
] as const)('%j is laid out', ([sql, laid]) => {
  expect(layText(sql)).toBe(laid)
})

/** Queries that a careless reading would change. */
const DIFFICULT = [
  "select 'it''s  from' , \"a  from\" , e'\\'  from ' from t",
  'select $$ a  from b $$, $body$ x $$ from $$ y $body$ from t',
  "select /* from  where */ a from `my  table` where b = 'unclosed  from",
  "select a->>'x  y' from t where b @> '{\"a\":  1}'::jsonb and c = ANY($1)",
  'with x as (select 1 union all select 2) select * from x',
  "select 1)) ) from ((( a where 'b",
  'select "unclosed from t where a',
  '/* unclosed from t',
  '-- only this',
  'välj änder från 😀  where',
  '\t\n select\r\n1 ;  select 2 from t',
  '$1 $ $a',
]

test.for(DIFFICULT)('nothing but whitespace of %j is changed', sql => {
  const squeezed = (text: string): string => text.replaceAll(/\s+/g, '')
  expect(squeezed(layText(sql))).toBe(squeezed(sql))
  const literals = (text: string): string[] =>
    readSql(text)
      .filter(({ kind }) => kind === 'literal' || kind === 'comment' || kind === 'line-comment')
      .map(({ text: literal }) => literal)
  expect(literals(layText(sql))).toEqual(literals(sql.trim()))
  expect(layText(layText(sql))).toBe(layText(sql))
})

test.for(DIFFICULT)('the pieces of %j are the whole query', sql => {
  expect(
    readSql(sql)
      .map(({ text }) => text)
      .join(''),
  ).toBe(sql)
})

test('keywords, literals and comments are told apart, and keywords keep their case', () => {
  const pieces = laySql("Select a From t where b = 'x' -- note").filter(
    ({ kind }) => kind !== 'plain',
  )
  expect(pieces).toEqual([
    { kind: 'keyword', text: 'Select' },
    { kind: 'keyword', text: 'From' },
    { kind: 'keyword', text: 'where' },
    { kind: 'literal', text: "'x'" },
    { kind: 'comment', text: '-- note' },
  ])
})
