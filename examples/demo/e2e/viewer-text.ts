import type { Locator } from 'playwright-core'

/** For `expect.poll`: how long a page may take to show something. */
export const SOON = { timeout: 8_000 } as const

/** What a person reads there, in one line. It waits for the element. */
export async function readText(locator: Locator): Promise<string> {
  return toLine(await locator.innerText())
}

/** What a person reads in each of them. It waits for none. */
export async function readTexts(locator: Locator): Promise<string[]> {
  return (await locator.allInnerTexts()).map(toLine)
}

const toLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
