/** The body is not the message it should be. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody'
}

/** The body is larger, or holds more, than is read. */
export class OversizedBody extends Error {
  override readonly name = 'OversizedBody'
}
