import { expect, test } from 'vitest'
import { expandTemplate } from '../src/promtool/expand-template.ts'

// Values as Go writes them: the tests of promtool over alerts/ compare each of ours with Prometheus' own.
test.for([
  ['{{ $value | humanize }}', 0, '0'],
  ['{{ $value | humanize }}', 41, '41'],
  ['{{ $value | humanize }}', 1234.5, '1.234k'],
  ['{{ $value | humanize }}', 40_000, '40k'],
  ['{{ $value | humanize }}', 0.1, '100m'],
  ['{{ $value | humanize }}', 1 / 60, '16.67m'],
  ['{{ $value | humanize }}', -2_500_000, '-2.5M'],
  ['{{ $value | humanizePercentage }}', 0.06, '6%'],
  ['{{ $value | humanizePercentage }}', 0.014_544, '1.454%'],
  ['{{ $value | humanizePercentage }}', -0.1, '-10%'],
  ['{{ $value | humanizePercentage }}', 1, '100%'],
  ['{{ $value | humanizePercentage }}', 12_341, '1.234e+06%'],
  ['{{ $value | humanizeDuration }}', 0, '0s'],
  ['{{ $value | humanizeDuration }}', 0.5, '500ms'],
  ['{{ $value | humanizeDuration }}', 0.000_25, '250us'],
  ['{{ $value | humanizeDuration }}', 2.425, '2.425s'],
  ['{{ $value | humanizeDuration }}', 59.99, '59.99s'],
  ['{{ $value | humanizeDuration }}', 600, '10m 0s'],
  ['{{ $value | humanizeDuration }}', 7_783_200, '90d 2h 0m 0s'],
  ['{{ $value | humanizeDuration }}', -3_661, '-1h 1m 1s'],
] as const)('%s of %d is %s', ([text, value, expected]) => {
  expect(expandTemplate(text, {}, value)).toBe(expected)
})

test('a label stands as it is, is encoded for an address, and is empty when it is not there', () => {
  const labels = { http_route: '/v1/invoices/:id (a)' }
  expect(expandTemplate('on {{ $labels.http_route }}.', labels, 0)).toBe('on /v1/invoices/:id (a).')
  expect(expandTemplate('?r={{ $labels.http_route | urlquery }}', labels, 0)).toBe(
    '?r=%2Fv1%2Finvoices%2F%3Aid+%28a%29',
  )
  expect(expandTemplate('{{ $labels.none }}', labels, 0)).toBe('')
})

test.for([
  '{{ $value }}',
  '{{ .Labels.job }}',
  '{{ $value | humanize1024 }}',
  '{{ $labels.a | title }}',
])('%s is refused: nobody has checked what Prometheus makes of it', text => {
  expect(() => expandTemplate(text, { a: 'b' }, 1)).toThrow(text)
})
