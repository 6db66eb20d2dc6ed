import { METRIC_TARGET_INFO } from '@throughline/conventions'
import { series, type Matchers } from '../promql.ts'
import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { CHOSEN_SERVICE } from './queries.ts'
import { eventLoopPanels } from './rows/event-loop.ts'
import { memoryPanels } from './rows/memory.ts'
import { processNumbers, processPanels } from './rows/processes.ts'
import { queryVariable, serviceVariable } from './variables.ts'

const CHOSEN_PROCESSES: Matchers = { ...CHOSEN_SERVICE, instance: '~$instance' }

/** The processes of a service: event loop, heap, processor, restarts. */
export const describeNodeRuntime = (scope: DashboardScope): DashboardContent => ({
  title: 'Node.js runtime',
  says: 'What the processes of a service do with their event loop, memory and processor.',
  variables: [
    serviceVariable(scope),
    queryVariable(
      'instance',
      'Process',
      `label_values(${series(METRIC_TARGET_INFO.name, CHOSEN_SERVICE)}, instance)`,
    ),
  ],
  rows: [
    { title: 'At a glance', panels: processNumbers(scope, CHOSEN_PROCESSES, 8) },
    { title: 'Event loop', panels: eventLoopPanels(scope, CHOSEN_PROCESSES) },
    { title: 'Memory', panels: memoryPanels(scope, CHOSEN_PROCESSES) },
    { title: 'Processes', panels: processPanels(scope, CHOSEN_PROCESSES) },
  ],
})
