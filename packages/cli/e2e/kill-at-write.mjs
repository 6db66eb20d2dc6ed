// Ends this process without warning at the write whose number is in KILL_AT, before it is done.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

let left = Number(process.env.KILL_AT)
for (const name of ['writeFileSync', 'renameSync']) {
  const write = fs[name]
  fs[name] = (...args) => {
    left -= 1
    if (left === 0) {
      // A write that was begun leaves half of what it should.
      if (name === 'writeFileSync') write(args[0], String(args[1]).slice(0, args[1].length / 2))
      process.kill(process.pid, 'SIGKILL')
    }
    return write(...args)
  }
}
syncBuiltinESMExports()
