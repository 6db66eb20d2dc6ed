import type { Browser, BrowserContext, Page } from 'playwright-core'

/** What shows a page, and how it is asked to. */
export interface Look {
  readonly colorScheme: 'light' | 'dark'
  /** Width of the window. */
  readonly widthPx: number
}

/** That of most people. */
const USUAL_LOOK: Look = { colorScheme: 'light', widthPx: 1280 }

const HEIGHT_PX = 800
/** A page that is slower is broken: all that it asks for is on this machine. */
const PATIENCE_MS = 8_000

/** Opens pages of a viewer, and watches them. */
export interface Visits {
  /** Address of the viewer, without a slash at its end. */
  readonly origin: string
  /** Opens an address of the viewer in a tab of its own. */
  open(path: string, look?: Look): Promise<Page>
  /** Closes what was opened, and gives what the pages did that they must not: each as a line. */
  leave(): Promise<readonly string[]>
}

/** Visits the viewer at `origin`, in one window: it goes with the browser. */
export async function createVisits(browser: Browser, origin: string): Promise<Visits> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  context.setDefaultTimeout(PATIENCE_MS)
  const faults = watch(context, origin)
  return {
    origin,
    async open(path, look = USUAL_LOOK) {
      const page = await context.newPage()
      await putOn(page, look)
      await page.goto(origin + path)
      return page
    },
    async leave() {
      await Promise.all(context.pages().map(page => page.close()))
      return faults.splice(0)
    },
  }
}

/** Shows a page otherwise, as when somebody turns their screen. */
export async function putOn(page: Page, { colorScheme, widthPx }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize({ width: widthPx, height: HEIGHT_PX })
}

/** Gathers what pages do that they must not. */
function watch(context: BrowserContext, origin: string): string[] {
  const faults: string[] = []
  context.on('request', request => {
    if (!request.url().startsWith(`${origin}/`)) faults.push(`asks ${request.url()}`)
  })
  // Chromium says here, too, what a Content-Security-Policy keeps from a page.
  context.on('console', message => {
    if (['error', 'warning'].includes(message.type())) faults.push(`says ${message.text()}`)
  })
  context.on('weberror', error => faults.push(`throws ${error.error().message}`))
  return faults
}
