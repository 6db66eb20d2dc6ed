import { expect, test } from 'vitest'
import { createBodyBudget } from '../src/body-budget.ts'

test('one body may take all of a budget, and no more', () => {
  const share = createBodyBudget(100).open()
  expect([share.take(60), share.take(40), share.take(1)]).toEqual([true, true, false])
})

test('where the budget is used up, there is room for those that had less than an equal share', () => {
  const budget = createBodyBudget(100)
  budget.open().take(100)
  const late = budget.open()
  expect([late.take(30), late.take(20), late.take(1)]).toEqual([true, true, false])
})

test('however many there are, all together take twice the budget at most', () => {
  const budget = createBodyBudget(1000)
  let taken = 0
  for (let body = 0; body < 200; body += 1) {
    const share = budget.open()
    while (share.take(1)) taken += 1
  }
  expect(taken).toBeGreaterThan(1000)
  expect(taken).toBeLessThanOrEqual(2000)
})

test('what a body took is there again when it is closed', () => {
  const budget = createBodyBudget(100)
  const first = budget.open()
  expect([first.take(100), budget.open().take(51)]).toEqual([true, false])
  first.close()
  expect(budget.open().take(49)).toBe(true)
})
