import type { PageVital } from './report.ts'

type Vital = Pick<PageVital, 'name' | 'value'>

/** Tells of each web vital of the page once, as it is known. Where the library does not load, there are none. */
export async function measureVitals(tell: (vital: Vital) => void): Promise<void> {
  try {
    const { onCLS, onFCP, onINP, onLCP, onTTFB } = await import('web-vitals')
    const told = new Set<string>()
    for (const observe of [onTTFB, onFCP, onLCP, onINP, onCLS]) {
      observe(({ id, name, value }) => {
        // A page that is hidden and shown again is measured on.
        if (told.has(id)) return
        told.add(id)
        tell({ name: name.toLowerCase() as Vital['name'], value })
      })
    }
  } catch {
    // Its file did not load: the page was deployed anew, or something blocks it.
  }
}
