import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { ensureDebianBinary, findInPath, type DebianBinary } from './debian.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Starts a headless Chromium with these arguments; fails, and says what to install, where there is none. */
export async function startChromium(args: readonly string[] = []): Promise<Browser> {
  const { path, env } = await ensureChromium()
  return chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env },
    args: [...args],
  })
}

/** Gives a Chromium: from PATH, else unpacked as {@link ensureDebianBinary} does it. */
async function ensureChromium(): Promise<DebianBinary> {
  for (const name of NAMES) {
    const path = await findInPath(name)
    if (path !== undefined) return { path, env: {} }
  }
  const launcher = await ensureDebianBinary('chromium')
  // Debian's launcher looks for the program where it is installed.
  return { ...launcher, path: join(launcher.path, '../../lib/chromium/chromium') }
}
