import { expect, onTestFinished, test, vi } from 'vitest'
import { createPaced } from '../../page/data/paced.ts'

function setUp(): { readonly paced: ReturnType<typeof createPaced>; readonly doneAt: number[] } {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const begun = performance.now()
  const doneAt: number[] = []
  return { paced: createPaced(() => doneAt.push(performance.now() - begun), 1000), doneAt }
}

test('it is done at once, and what is asked meanwhile once when it may be', () => {
  const { paced, doneAt } = setUp()
  paced.ask()
  vi.advanceTimersByTime(300)
  paced.ask()
  paced.ask()
  expect(doneAt).toEqual([0])
  vi.advanceTimersByTime(5000)
  expect(doneAt).toEqual([0, 1000])
  paced.ask()
  expect(doneAt).toEqual([0, 1000, 5300])
})

test('what was asked is forgotten when it is stopped', () => {
  const { paced, doneAt } = setUp()
  paced.ask()
  paced.ask()
  paced.stop()
  vi.advanceTimersByTime(5000)
  expect(doneAt).toEqual([0])
  paced.ask()
  expect(doneAt).toEqual([0, 5000])
})

test('it waits from the beginning where the first time is to come later', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const work = vi.fn<() => void>()
  const paced = createPaced(work, 1000, 'later')
  vi.advanceTimersByTime(300)
  paced.ask()
  vi.advanceTimersByTime(699)
  expect(work).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(work).toHaveBeenCalledOnce()
})
