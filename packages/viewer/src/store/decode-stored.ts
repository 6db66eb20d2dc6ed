import type { Decoded, Encoding } from '@throughline/otlp'

/** The records of what is stored; undefined where they cannot be read: it has more parts than the decoder takes, or the file is damaged. */
export function decodeStored<T>(
  decode: (body: Uint8Array, encoding: Encoding) => Decoded<T>,
  payload: Uint8Array,
  encoding: Encoding,
): readonly T[] | undefined {
  try {
    return decode(payload, encoding).records
  } catch {
    return undefined
  }
}
