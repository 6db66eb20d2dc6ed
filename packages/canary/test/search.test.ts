import { describe, expect, test } from 'vitest'
import type { Plant } from '../src/plant.ts'
import { search } from '../src/search.ts'
import { PLAIN_WORD, SECRET_KINDS } from '../src/secrets.ts'

const plant: Plant = { place: 'here', kind: 'plain', secret: 'a?b&c', core: 'a?b&c' }
const find = (text: string): number => search([plant], [{ source: 'there', text }]).length

describe('search', () => {
  test.for([
    ['as it is', 'x a?b&c y'],
    ['in a query', `q=${encodeURIComponent('a?b&c')}`],
    ['in base64', Buffer.from('a?b&c').toString('base64')],
  ])('finds a secret %s', ([, text = '']) => {
    expect(find(text)).toBe(1)
  })

  test('finds nothing where there is nothing', () => {
    expect(find('x a?b c y')).toBe(0)
  })

  test('shows what stands around a secret, and not the secret', () => {
    const [finding] = search([plant], [{ source: 'there', text: 'before a?b&c after a?b&c' }])
    expect(finding?.around).toBe('before ⟨secret⟩ after ⟨secret⟩')
  })
})

test.for([...SECRET_KINDS, PLAIN_WORD])('$name: no two secrets are the same', ({ make, core }) => {
  const cores = Array.from({ length: 500 }, (_, number) => {
    const secret = make(number + 1)
    return core?.(secret) ?? secret
  })
  expect(new Set(cores).size).toBe(cores.length)
})
