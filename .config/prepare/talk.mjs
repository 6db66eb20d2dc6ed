// @ts-check

/**
 * Says one line. Always on stderr: stdout belongs to the script that runs next, which may print JSON there.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`throughline: ${line}\n`)
}

/**
 * Says `describe()` every `everyMs` until the returned function is called, so that a long step never looks stuck.
 *
 * @param {number} everyMs
 * @param {() => string} describe
 * @returns {() => void}
 */
export function heartbeat(everyMs, describe) {
  const timer = setInterval(() => say(describe()), everyMs)
  return () => clearInterval(timer)
}

/**
 * @param {number} since `performance.now()` at the start
 * @returns {string}
 */
export function elapsed(since) {
  const seconds = (performance.now() - since) / 1000
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`
}
