import { migrate } from '../../examples/database/src/migrate.ts'

await migrate(process.env['DATABASE_URL'])
