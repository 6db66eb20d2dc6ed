// Runs before demo, test, bench and check: installs and builds what is missing or stale, and says so on stderr.
// This first file keeps to syntax that old versions of Node parse, so that they can say that they are too old.
const major = Number(process.versions.node.split('.')[0])

if (major < 20) {
  process.stderr.write(
    'throughline: Node ' +
      process.version +
      ' is too old.\n' +
      '  Install Node 20 or newer (it brings npm) from https://nodejs.org and run this again.\n',
  )
  process.exit(1)
}

void import('./prepare/main.mjs').then(({ main }) => main(process.argv.slice(2)))
