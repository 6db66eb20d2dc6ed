import { renameSync, rmSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AppManifest, editFile, editManifest } from './app-files.ts'
import type { Maker } from './app.ts'

const VERSION = '16.4.5'

/** Options that every application has: those that answer what the generator would ask. */
const ANSWERS = [
  '--yes',
  '--skip-install',
  '--disable-git',
  '--use-npm',
  '--no-react-compiler',
  '--no-eslint',
  '--no-agents-md',
]

/** Makes a Next.js application by its generator. */
export async function generateNext(
  { folder, generate }: Maker,
  name: string,
  options: readonly string[],
): Promise<void> {
  await generate(folder, 'create-next-app@16', name, ...ANSWERS, ...options)
  liftUp(folder, name)
  editManifest(folder, pinNext)
}

/** Moves a generated application from the folder of its name to the one that it is to have. */
export function liftUp(folder: string, name: string): void {
  for (const entry of readdirSync(join(folder, name))) {
    renameSync(join(folder, name, entry), join(folder, entry))
  }
  rmSync(join(folder, name), { recursive: true })
}

/** Takes the fonts out of a layout or a page: a build fetches them from elsewhere. */
export function withoutFonts(folder: string, path: string): void {
  editFile(folder, path, text =>
    text
      .replace(/^import .*"next\/font\/google";\n/m, '')
      .replaceAll(/^const geist\w+ = Geist\w*\(\{[^}]*\}\);\n\n/gm, '')
      .replaceAll(/\$\{geist\w+\.\w+\}/g, ''),
  )
}

/** The generator follows Next.js by a few days; all applications are to have the same version. */
function pinNext({ dependencies = {} }: AppManifest): void {
  dependencies['next'] = VERSION
}
