// Ends with 0 when the address answers 2xx, and with 1 when it does not.
const answer = await fetch(process.argv[2], { signal: AbortSignal.timeout(4_000) }).catch(
  () => undefined,
)
process.exit(answer?.ok ? 0 : 1)
