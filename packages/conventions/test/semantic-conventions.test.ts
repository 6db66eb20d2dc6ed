import * as semantic from '@opentelemetry/semantic-conventions/incubating'
import { describe, expect, test } from 'vitest'
import * as conventions from '../src/index.ts'

const valuesOf = (prefix: string): Set<unknown> =>
  new Set(
    Object.entries(semantic).flatMap(([name, value]) => (name.startsWith(prefix) ? [value] : [])),
  )

const attributes = Object.entries(conventions).flatMap(([constant, name]) =>
  constant.startsWith('ATTR_') && typeof name === 'string' ? [{ constant, name }] : [],
)
const isOurs = ({ name }: { readonly name: string }): boolean => /^team$|^throughline\./.test(name)

describe('attributes', () => {
  test.for(attributes.filter(attribute => !isOurs(attribute)))(
    '$constant has the name that OpenTelemetry gives it: $name',
    ({ constant, name }) => {
      expect((semantic as Record<string, unknown>)[constant]).toBe(name)
    },
  )

  test.for(attributes.filter(isOurs))('$name is in no convention of OpenTelemetry', ({ name }) => {
    expect(valuesOf('ATTR_')).not.toContain(name)
  })
})

const { METRICS } = conventions
const instruments = valuesOf('METRIC_')

describe('metrics', () => {
  test.for(METRICS.filter(({ otelName }) => otelName !== undefined))(
    '$name is fed from an instrument that OpenTelemetry, or the queue product, defines: $otelName',
    ({ otelName }) => {
      expect(otelName?.startsWith('pgboss.') === true || instruments.has(otelName)).toBe(true)
    },
  )

  const translated = METRICS.filter(
    ({ name, otelName }) => otelName && !name.startsWith('throughline_'),
  )

  test.for(translated)(
    '$name is $otelName in Prometheus form',
    ({ name, otelName, unit, type }) => {
      const suffix = { s: '_seconds', By: '_bytes' }[unit as string] ?? ''
      const total = type === 'counter' ? '_total' : ''
      expect(name).toBe(`${otelName?.replaceAll('.', '_')}${suffix}${total}`)
    },
  )

  test.for(METRICS)('$name is named after its unit and type', ({ name, unit, type, buckets }) => {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
    expect(name.endsWith('_total')).toBe(type === 'counter')
    const says = { s: /_seconds(_total)?$/, By: /_bytes$/ }[unit as string]
    if (says !== undefined) expect(name).toMatch(says)
    else expect(name).not.toMatch(/_(seconds|bytes|ms|milliseconds)(_total)?$/)
    expect(buckets !== undefined).toBe(type === 'histogram')
    expect(buckets ?? []).toEqual((buckets ?? []).toSorted((a, b) => a - b))
  })

  test.for(METRICS)('labels of $name are the attributes they are fed from', ({ labels }) => {
    for (const { name, attribute } of labels) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
      if (attribute !== undefined && !['queue', 'state'].includes(name)) {
        expect(name).toBe(attribute.replaceAll('.', '_'))
      }
    }
    expect(new Set(labels.map(({ name }) => name)).size).toBe(labels.length)
  })

  test('no two metrics have one name', () => {
    expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length)
  })

  test('only the metric about teams has a label for the team', () => {
    const labelled = METRICS.filter(({ labels }) => labels.some(({ name }) => name === 'team'))
    expect(labelled).toEqual([conventions.METRIC_THROUGHLINE_OWNERSHIP_REVIEWED])
  })
})
