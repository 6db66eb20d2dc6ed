import { join } from 'node:path'
import { ensureDebianBinary, findInPath, type DebianBinary } from './debian.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Gives a Chromium: from PATH, else unpacked as {@link ensureDebianBinary} does it. */
export async function ensureChromium(): Promise<DebianBinary> {
  for (const name of NAMES) {
    const path = await findInPath(name)
    if (path !== undefined) return { path, env: {} }
  }
  const launcher = await ensureDebianBinary('chromium')
  // Debian's launcher looks for the program where it is installed.
  return { ...launcher, path: join(launcher.path, '../../lib/chromium/chromium') }
}
