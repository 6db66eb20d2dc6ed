export { createBodyBudget, type BodyBudget, type BodyShare } from './body-budget.ts'
export { readBody, RefusedRequest, type BodyLimits } from './body.ts'
export { decodeLogs, decodeMetrics, decodeTraces, type Encoding, type Signal } from './decode.ts'
export { encodeLogs } from './encode-logs.ts'
export { encodeTraces } from './encode-traces.ts'
export { createEncoderMemo, type EncoderMemo } from './encode-value.ts'
export { endAnswer } from './end-answer.ts'
export { MalformedBody, OversizedBody } from './errors.ts'
export {
  createReceiverHandler,
  startReceiver,
  type ReceivedBody,
  type Receiver,
  type ReceiverHandlerOptions,
  type ReceiverListeners,
  type ReceiverOptions,
} from './receiver.ts'
export * from './records.ts'
