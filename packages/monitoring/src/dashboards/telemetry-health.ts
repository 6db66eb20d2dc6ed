import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { alertingPanels } from './rows/alerting-health.ts'
import { applicationTelemetryPanels } from './rows/application-telemetry.ts'
import { collectorPanels } from './rows/collector.ts'

/** Whether telemetry, rules and notifications arrive where they should. */
export const describeTelemetryHealth = (scope: DashboardScope): DashboardContent => ({
  title: 'telemetry health',
  says: 'Whether what is measured arrives, and whether alerts would. While something here is red, other dashboards may be wrong.',
  variables: [],
  rows: [
    { title: 'From the applications', panels: applicationTelemetryPanels(scope) },
    { title: 'Collector', panels: collectorPanels(scope) },
    { title: 'Rules and notifications', panels: alertingPanels(scope) },
  ],
})
