export { findFreePort } from './free-port.ts'
export { startDatabase, type Database, type DatabaseOptions } from './launcher.ts'
export { migrate } from './migrate.ts'
export { startTestDatabase } from './test-database.ts'
