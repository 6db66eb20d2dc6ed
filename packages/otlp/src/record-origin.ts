import type { ResourceRecord, ScopeRecord } from './records.ts'

/** What holds the records of one resource and scope. */
export interface RecordOrigin {
  readonly resource: ResourceRecord
  readonly scope: ScopeRecord
}
