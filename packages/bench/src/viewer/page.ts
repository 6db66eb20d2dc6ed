import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'

/** The first row of the list: it leads to a trace. */
const LIST_ROW = 'main [role=row] a'
/** The first row of the waterfall. */
const SPAN_ROW = 'main [role=treegrid] [role=row][aria-level]'

/** How far the wheel turns each time, in pixels. */
const WHEEL_PX = 900
const TURNS = 60
const BETWEEN_TURNS_MS = 30

/** What somebody sees who opens a trace from the list, and scrolls through it. */
export interface Frames {
  /** Milliseconds from the click to the first row that is painted. */
  readonly openMs: number
  /** Milliseconds of the longest frame from the click on. */
  readonly longestFrameMs: number
  /** Milliseconds that the page itself held up its thread at once, where that was for more than 50 ms, as the Long Tasks API has it. */
  readonly longTasksMs: readonly number[]
}

/** Opens the list of traces, which then listens for what comes. */
export async function openList(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`${url}/traces`)
  return page
}

/** Milliseconds from the request of the list, in a browser that has never seen it, to its first row that is painted. */
export async function measureFirstPaint(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(`(${notePaint.toString()})(${JSON.stringify(LIST_ROW)})`)
  await page.goto(`${url}/traces`)
  const ms = await readPaint(page)
  await context.close()
  return ms
}

/** Opens a trace from the list and scrolls through it to its end and back. */
export async function measureFrames(
  browser: Browser,
  url: string,
  traceId: string,
): Promise<Frames> {
  const page = await browser.newPage()
  await page.goto(`${url}/traces?q=${traceId}`)
  const link = page.locator(LIST_ROW)
  await link.waitFor()
  await page.evaluate(`(${noteFrames.toString()})()`)
  await page.evaluate(`(${notePaint.toString()})(${JSON.stringify(SPAN_ROW)})`)
  const clickedAt = await page.evaluate<number>('performance.now()')
  await link.click()
  const openMs = (await readPaint(page)) - clickedAt
  const box = await page.locator(SPAN_ROW).first().boundingBox()
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 40)
  for (let turn = 0; turn < TURNS; turn += 1) {
    await page.mouse.wheel(0, turn < TURNS / 2 ? WHEEL_PX : -WHEEL_PX)
    await delay(BETWEEN_TURNS_MS)
  }
  const frames = await page.evaluate<number[]>('benchFrames')
  const longTasksMs = await page.evaluate<number[]>('benchLongTasks')
  await page.close()
  return { openMs, longestFrameMs: Math.max(...frames), longTasksMs }
}

/** Waits for it, and gives when it was. */
const readPaint = (page: Page): Promise<number> => page.evaluate<number>('benchPaint')

/** What the browser offers to what runs in the page. */
declare const window: Record<string, unknown>
declare const document: { querySelector(selector: string): unknown }
declare const requestAnimationFrame: (callback: () => void) => void

/** Runs in the page: notes when what the selector finds has been painted, in milliseconds from the request of the page. */
function notePaint(selector: string): void {
  window['benchPaint'] = new Promise<number>(resolve => {
    const look = (): void => {
      if (document.querySelector(selector) === null) requestAnimationFrame(look)
      // This frame paints it, and the next one comes after that.
      else requestAnimationFrame(() => resolve(performance.now()))
    }
    look()
  })
}

/** Runs in the page: notes how long each frame takes, and each task that is a long one. */
function noteFrames(): void {
  const frames: number[] = []
  const longTasks: number[] = []
  window['benchFrames'] = frames
  window['benchLongTasks'] = longTasks
  new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longTasks.push(duration)
    // Node, whose types these are, has no such tasks.
  }).observe({ type: 'longtask' as never })
  let last = performance.now()
  const next = (): void => {
    const now = performance.now()
    frames.push(now - last)
    last = now
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}
