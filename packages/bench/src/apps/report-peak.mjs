// Loaded before a program: says on stderr, when it ends, how much memory it occupied at most.
process.once('exit', () => {
  process.stderr.write(`peak ${process.resourceUsage().maxRSS} kB\n`)
})
