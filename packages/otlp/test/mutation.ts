import type { Random } from './random.ts'

const BYTES = [0, 1, 0x0a, 0x12, 0x22, 0x5b, 0x7b, 0x7f, 0x80, 0xff] as const
const JSON_TOKENS = [
  'null',
  'true',
  '-1',
  '1.5',
  '1e999',
  '99999999999999999999',
  '""',
  '"NaN"',
  '"-5"',
  '"0x10"',
  '"\\ud800"',
  '[]',
  '[[]]',
  '{}',
  '{"kvlistValue":{"values":[{}]}}',
] as const

/** `body` with a few faults, as a broken sender or an attacker would make them. */
export function mutate(random: Random, body: Buffer): Buffer {
  let mutated = body
  for (let fault = random.below(4); fault >= 0; fault -= 1) mutated = mutateOnce(random, mutated)
  return mutated
}

function mutateOnce(random: Random, body: Buffer): Buffer {
  const from = random.below(body.length + 1)
  const to = Math.min(body.length, from + random.below(1 + 2 ** random.below(10)))
  const head = body.subarray(0, from)
  const middle = body.subarray(from, to)
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([head, body.subarray(to)])
    case 1:
      return Buffer.concat([head, middle, middle, body.subarray(to)])
    case 2:
      return Buffer.from(head)
    case 3:
      return Buffer.concat([
        head,
        Buffer.from(random.some(12, () => random.pick(BYTES))),
        body.subarray(from),
      ])
    case 4: {
      const flipped = Buffer.from(body)
      flipped[from] = (flipped[from] ?? 0) ^ (1 << random.below(8))
      return flipped
    }
    default: {
      const written = Buffer.from(body)
      written[from] = random.pick(BYTES)
      return written
    }
  }
}

/** `body`, which is JSON, with other values in a few places: JSON still, but not what the protocol says. */
export function mutateJson(random: Random, body: Buffer): Buffer {
  const text = body.toString('utf8')
  const values = [...text.matchAll(/:("(?:[^"\\]|\\.)*"|[\w.+-]+|\[\]|\{\})/g)]
  let mutated = text
  for (const { index, 0: whole } of random
    .some(3, () => random.pick(values))
    .toSorted((a, b) => b.index - a.index)) {
    const end = index + whole.length
    mutated = `${mutated.slice(0, index)}:${random.pick(JSON_TOKENS)}${mutated.slice(end)}`
  }
  return Buffer.from(mutated)
}
