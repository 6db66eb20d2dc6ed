import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

/** A picture of the viewer. */
export interface Picture {
  /** Name of its file. */
  readonly file: string
  /** Path of the page. */
  readonly path: string
  readonly heightPx: number
  readonly colorScheme: 'light' | 'dark'
  /** What must be there before it is taken. */
  readonly shows: RegExp
}

/** Width of a window that most people have. */
const WIDTH_PX = 1280
/** A README is loaded with its pictures. */
const LARGEST_BYTES = 200_000
const TIMEOUT_MS = 15_000

/**
 * Takes a picture into `folder` and gives its size in bytes. Rejects when the page does not show what it should, and when
 * the picture is larger than 200 kB.
 */
export async function takePicture(
  browser: Browser,
  viewer: string,
  { file, path, heightPx, colorScheme, shows }: Picture,
  folder: string,
): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: WIDTH_PX, height: heightPx },
    colorScheme,
  })
  try {
    const page = await context.newPage()
    await page.goto(new URL(path, viewer).href)
    await waitFor(page, shows, file)
    await page.screenshot({ path: join(folder, file), animations: 'disabled' })
  } finally {
    await context.close()
  }
  const { size } = await stat(join(folder, file))
  if (size > LARGEST_BYTES)
    throw new Error(`${file} has ${size} bytes, which is more than ${LARGEST_BYTES}`)
  return size
}

async function waitFor(page: Page, words: RegExp, file: string): Promise<void> {
  const main = page.getByRole('main')
  await main
    .filter({ hasText: words })
    .waitFor({ timeout: TIMEOUT_MS })
    .catch(async () => {
      throw new Error(`${file} does not show ${words}, but: ${await main.innerText()}`)
    })
}
