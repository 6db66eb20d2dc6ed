import { expect, test } from 'vitest'
import { redactSql } from '../src/redaction/sql.ts'

test.for<readonly [sql: string, result: string]>([
  ["SELECT 'a'", 'SELECT ?'],
  ["SELECT 'it''s'", 'SELECT ?'],
  ["SELECT E'it\\'s', 1", 'SELECT ?, ?'],
  ["SELECT N'a', B'01', X'ff'", 'SELECT ?, ?, ?'],
  ["SELECT U&'d'", 'SELECT U&?'],
  ['SELECT $$a$$, $x$b $$ c$x$', 'SELECT ?, ?'],
  ['SELECT $1, $2::int', 'SELECT $1, $2::int'],
  ['SELECT :name, :1, @p1, ?', 'SELECT :name, :1, @p1, ?'],
  ['SELECT a::text, 7::int', 'SELECT a::text, ?::int'],
  ['SELECT 1, 1.5, .5, 1e10, 0xFF, -3', 'SELECT ?, ?, ?, ?, ?, -?'],
  ['SELECT t1.c2 FROM s3.t1', 'SELECT t1.c2 FROM s3.t1'],
  ['SELECT * FROM t WHERE id IN (1, 2, 3)', 'SELECT * FROM t WHERE id IN (?)'],
  ["INSERT INTO t (a, b) VALUES ('x', 7), ('y', 8)", 'INSERT INTO t (a, b) VALUES (?), (?)'],
  [
    'SELECT "name" FROM "t" WHERE "t"."a" = "u"."b"',
    'SELECT "name" FROM "t" WHERE "t"."a" = "u"."b"',
  ],
  ['SELECT * FROM t WHERE a = "hunter2"', 'SELECT * FROM t WHERE a = ?'],
  ['SELECT * FROM t WHERE a IN ("x", "y")', 'SELECT * FROM t WHERE a IN (?)'],
  ['SELECT `a b` FROM `t`', 'SELECT `a b` FROM `t`'],
  ['SELECT 1 -- hunter2\nFROM t', 'SELECT ? \nFROM t'],
  ['SELECT /* hunter2 /* nested */ */ a', 'SELECT  a'],
  ['SELECT a # hunter2\nFROM t', 'SELECT a \nFROM t'],
  ["SELECT a #> '{b}'", 'SELECT a #> ?'],
  ["SELECT 'never closed", 'SELECT ?'],
  ['SELECT "never closed', 'SELECT ?'],
  ['SELECT $$never closed', 'SELECT ?'],
  ['SELECT /* never closed', 'SELECT'],
  ["SELECT 'a\\' OR x = 'hunter2'", 'SELECT ?'],
  ['{"find":"users","filter":{"name":"jo","age":7}}', '{"find":?,"filter":{"name":?,"age":?}}'],
  ['SELECT a FROM größe WHERE größe2 = 1', 'SELECT a FROM größe WHERE größe2 = ?'],
  ['', ''],
])('%s', ([sql, result]) => {
  expect(redactSql(sql, () => '?')).toBe(result)
  expect(redactSql(result, () => '?')).toBe(result)
})
