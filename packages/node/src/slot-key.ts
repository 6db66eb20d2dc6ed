/** Where a process keeps the telemetry that runs in it: one slot, shared by every copy of this package that is loaded. */
export const TELEMETRY_SLOT: unique symbol = Symbol.for('throughline.telemetry.v1')
