import { editManifest } from './app-files.ts'
import type { Maker } from './app.ts'
import { liftUp } from './next-generator.ts'

/** Makes a Fastify application by its generator. */
export async function generateFastify(
  { folder, generate }: Maker,
  name: string,
  ...options: readonly string[]
): Promise<void> {
  await generate(folder, 'fastify-cli@8', 'generate', name, ...options)
  liftUp(folder, name)
  // The generator has only some of its templates named after the folder.
  editManifest(folder, manifest => (manifest.name = name))
}
