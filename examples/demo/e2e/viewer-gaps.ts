import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { makeCall, sendCall } from './viewer-strangers.ts'
import type { Subject } from './viewer-subject.ts'
import { readText, SOON } from './viewer-text.ts'

const mainOf = (page: Page): Promise<string> => readText(page.getByRole('main'))
const headingOf = (page: Page): Promise<string> => readText(page.getByRole('heading', { level: 1 }))

export function describeGaps(subject: () => Subject): void {
  describe('where a trace stops', () => {
    test('it says that nothing is missing, and notes that payments is somebody else’s', async () => {
      const { visits, traceOf } = subject()
      const page = await visits.open(`/traces/${traceOf('api-call')}`)
      await expect.poll(() => mainOf(page), SOON).toContain('No part of this trace is missing')
      await page.getByRole('button', { name: 'Show 1 note' }).click()
      const note = page.getByRole('region', { name: /missing/ })
      await note.getByText('This is certain').click()
      expect(await readText(note)).toMatch(
        /payments is somebody else's: it is told no trace, on purpose\. Show in trace .*throughline\.propagation = withheld.*ownership\.yaml:\d+ gives \S+ to payments, which is kind: external/,
      )
    })

    test('at a service that did not obey the caller’s trace, it leads to where it goes on, and back', async () => {
      const { visits, web } = subject()
      const { host } = new URL(web)
      const call = makeCall()
      const answer = await fetch(`${web}/`, { headers: { traceparent: call.traceparent } })
      expect(answer.status).toBe(200)
      await sendCall(visits.origin, call, { service: 'partner-crm', url: `${web}/` })
      const page = await visits.open(`/traces/${call.traceId}`)
      // The web app sends its own side a moment later.
      await expect
        .poll(async () => {
          await page.reload()
          return mainOf(page)
        }, SOON)
        .toContain(
          `The trace goes on in another one: web (${host}) did not obey this trace, and began its own.`,
        )
      expect(await mainOf(page)).toMatch(
        /To mend it: Set the same THROUGHLINE_INTERNAL_SECRET in partner-crm and in web, or add the network of partner-crm to THROUGHLINE_INTERNAL_CIDRS/,
      )
      await page.getByRole('link', { name: /^continues in trace/ }).click()
      await expect.poll(() => headingOf(page), SOON).toBe('GET /')
      expect(page.url()).not.toContain(call.traceId)
      expect(await mainOf(page)).toContain(
        'web began a new trace: its caller did not prove to be one of ours.',
      )
      await page
        .getByRole('region', { name: 'Gaps' })
        .getByRole('link', { name: `comes from trace ${call.traceId.slice(0, 8)}…` })
        .click()
      await expect.poll(() => page.url(), SOON).toContain(call.traceId)
      await expect.poll(() => mainOf(page), SOON).toContain('The trace goes on in another one')
    })

    test('at a host that nobody knows, it says that the header was withheld, and how to mend that', async () => {
      const { visits } = subject()
      const call = makeCall()
      const url = 'https://rates.example.com/v1/rates'
      await sendCall(visits.origin, call, { service: 'partner-crm', url, withheld: true })
      const page = await visits.open(`/traces/${call.traceId}`)
      const gaps = page.getByRole('region', { name: 'Gaps' })
      await expect
        .poll(() => readText(gaps), SOON)
        .toContain('The trace stops at rates.example.com, which was told no trace header.')
      const mend =
        /If it is one of yours, add "rates\.example\.com" to services\.<its name>\.hosts in ownership\.yaml/
      expect(await readText(gaps)).toMatch(mend)
      await gaps.getByRole('button', { name: 'Copy what mends it' }).click()
      await expect
        .poll(() => page.evaluate<string>('navigator.clipboard.readText()'), SOON)
        .toMatch(mend)
    })
  })
}
