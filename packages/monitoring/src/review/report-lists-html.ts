import { html, type Html, linkTo } from './html.ts'
import type { OwnershipReport, ReportedAlert, ReportedRoute } from './ownership-report.ts'
import { type Chip, table } from './report-parts-html.ts'
import { counted, wordReview } from './report-wording.ts'

export function alertsSection({ alerts: all, teams: known }: OwnershipReport, chip: Chip): Html {
  const byTeam = Map.groupBy(all, ({ team }) => team)
  const groups = known.flatMap(({ id }) => {
    const some = byTeam.get(id) ?? []
    if (some.length === 0) return []
    const severities = Map.groupBy(some, ({ severity }) => severity)
    const counts = ['page', 'ticket', 'notice', 'none'].flatMap(severity => {
      const amount = severities.get(severity)?.length ?? 0
      return amount === 0 ? [] : [`${amount} ${severity}`]
    })
    return [
      html`<details>
        <summary>
          ${chip(id)}<span>${counted(some.length, 'alert')}</span
          ><span class="soft">${counts.join(', ')}</span>
        </summary>
        ${table(['alert', 'service', 'role', 'severity', 'receiver', 'decided by', 'runbook'], some.map(alertRow))}
      </details>`,
    ]
  })
  return html`<section id="alerts">
    <h2>Alerts by team</h2>
    <p>
      Each alert with its role and severity, the receiver that gets it and the channel behind it.
    </p>
    ${groups}
  </section>`
}

function alertRow({
  alert,
  title,
  detail,
  service,
  role,
  severity,
  receiver,
  channel,
  decidedBy,
  runbook,
}: ReportedAlert): Html {
  return html`<tr>
    <td>
      ${alert}${detail === '' ? undefined : html` <span class="soft">${detail}</span>`}<span
        class="at"
        >${title}</span
      >
    </td>
    <td class="narrow">${service}</td>
    <td class="narrow">${role}</td>
    <td class="narrow${severity === 'page' ? ' state' : ''}">${severity}</td>
    <td class="narrow">${receiver}<span class="at">${channel}</span></td>
    <td>${decidedBy.replace(/^\S+: /, '')}</td>
    <td><a href="${linkTo(runbook)}">runbook</a></td>
  </tr>`
}

export function routesSection({ routes: all, unlisted = [] }: OwnershipReport, chip: Chip): Html {
  const owned = Map.groupBy(
    all.filter(({ unowned }) => unowned === undefined),
    ({ team }) => team,
  )
  const byDesign = all.filter(({ unowned }) => unowned !== undefined)
  const heads = ['service', 'route', 'audience', 'work', 'promises', 'line']
  const group = (title: Html, rows: readonly Html[], head = heads): Html[] =>
    rows.length === 0
      ? []
      : [
          html`<details>
            <summary>${title}<span>${counted(rows.length, 'route')}</span></summary>
            ${table(head, rows)}
          </details>`,
        ]
  return html`<section id="routes">
    <h2>Routes by team</h2>
    <p>
      What the catalog lists. Other requests go to the team that fixes the service in production.
    </p>
    ${group(
      html`<span class="state warn">in the code, not in the catalog</span>`,
      unlisted.map(
        ({ service, method, path, at, team }) =>
          html`<tr>
            <td class="narrow">${service}</td>
            <td><code>${method} ${path}</code></td>
            <td>${chip(team, true)}</td>
            <td><code>${at}</code></td>
          </tr>`,
      ),
      ['service', 'route', 'told for now', 'in the code'],
    )}
    ${[...owned.keys()].toSorted().flatMap(team => group(chip(team), (owned.get(team) ?? []).map(routeRow)))}
    ${group(html`<span class="soft">unowned by design</span>`, byDesign.map(routeRow))}
  </section>`
}

function routeRow({
  service,
  match,
  audience,
  work,
  lifecycle,
  objective,
  decidedBy,
}: ReportedRoute): Html {
  return html`<tr>
    <td class="narrow">${service}</td>
    <td>
      <code>${match}</code
      >${lifecycle === undefined ? undefined : html` <span class="soft">${lifecycle}</span>`}
    </td>
    <td class="narrow">${audience}</td>
    <td class="narrow">${work}</td>
    <td>${objective}</td>
    <td class="narrow soft">${decidedBy}</td>
  </tr>`
}

export function reviewsSection({ reviews: owed, exceptions }: OwnershipReport, chip: Chip): Html {
  const review = owed.map(found => {
    const { of, name, team, reviewedAt, everyDays, state } = found
    const look =
      state === 'overdue' || state === 'never' ? 'bad' : state === 'soon' ? 'warn' : 'soft'
    return html`<tr>
      <td>${of} ${name}</td>
      <td>${chip(team)}</td>
      <td class="narrow">${reviewedAt ?? 'never'}</td>
      <td class="narrow">every ${counted(everyDays, 'day')}</td>
      <td class="${look}">${wordReview(found)}</td>
    </tr>`
  })
  const excepted = exceptions.map(
    ({ rule, target, until, daysLeft, reason, by, soon }) =>
      html`<tr>
        <td><code>${rule}</code></td>
        <td><code>${target}</code></td>
        <td class="narrow ${soon ? 'warn' : 'soft'}">${until}, in ${counted(daysLeft, 'day')}</td>
        <td>${chip(by)}</td>
        <td>${reason}</td>
      </tr>`,
  )
  return html`<section id="reviews">
    <h2>Reviews and exceptions</h2>
    <p>When each team and service was last looked at, and which rules are silenced until when.</p>
    ${table(['review of', 'team', 'last', 'how often', 'next'], review)}
    ${excepted.length === 0 ? html`<p class="soft">No rule is silenced.</p>` : table(['rule', 'silenced for', 'until', 'asked for by', 'reason'], excepted)}
  </section>`
}
