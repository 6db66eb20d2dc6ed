import { expect, test } from 'vitest'
import { rememberTemplates } from '../src/route-memo.ts'

/** A table that matches everything, and counts how often it is asked. */
function countingTable(): { asked: string[]; find: (method: string, path: string) => string } {
  const asked: string[] = []
  return {
    asked,
    find(method, path) {
      asked.push(path)
      return `${method} ${path.startsWith('/fixed') ? '/fixed' : '/*'}`
    },
  }
}

const pathOf = (rule: string): string | undefined => (rule.endsWith('/*') ? undefined : '/fixed')

test.for(['/invoices/[id]', '/invoices/:id', '/files/*', '/files/{id}', '/fixed'])(
  '%s is looked up once a method',
  path => {
    const table = countingTable()
    const memo = rememberTemplates(table, pathOf)
    for (const method of ['GET', 'GET', 'POST', 'POST']) {
      expect(memo.find(method, path)).toBe(table.find(method, path))
    }
    expect(table.asked).toHaveLength(4 + 2)
  },
)

test.for(['/invoices/7', '/fixed/', '/fixed?page=2'])('%s is looked up each time', path => {
  const table = countingTable()
  const memo = rememberTemplates(table, pathOf)
  memo.find('GET', path)
  memo.find('GET', path)
  expect(table.asked).toEqual([path, path])
})

test('what looks like a template without end is remembered up to a bound, and answered beyond it', () => {
  const table = countingTable()
  const memo = rememberTemplates(table, pathOf)
  const paths = Array.from({ length: 3000 }, (_, index) => `/:${index}`)
  for (const path of [...paths, ...paths]) expect(memo.find('GET', path)).toBe('GET /*')
  expect(table.asked).toHaveLength(3000 + 2000)
})

test('a method that HTTP does not define is not remembered', () => {
  const table = countingTable()
  const memo = rememberTemplates(table, pathOf)
  memo.find('HACK', '/:id')
  memo.find('HACK', '/:id')
  expect(table.asked).toHaveLength(2)
})
