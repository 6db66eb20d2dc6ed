export { decodeLogs, decodeMetrics, decodeTraces, type Encoding, type Signal } from './decode.ts'
export { MalformedBody, OversizedBody } from './errors.ts'
export {
  createReceiverHandler,
  startReceiver,
  type Receiver,
  type ReceiverHandlerOptions,
  type ReceiverListeners,
  type ReceiverOptions,
} from './receiver.ts'
export * from './records.ts'
