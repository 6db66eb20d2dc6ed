import { html, type Html } from './html.ts'
import type { OwnershipReport, Reach } from './ownership-report.ts'
import { type Decision, listDecisions } from './report-decisions.ts'
import { alertsSection, reviewsSection, routesSection } from './report-lists-html.ts'
import { type Chip, createChip, table } from './report-parts-html.ts'
import { REPORT_STYLE } from './report-style.ts'
import { ROLE_WORDS } from './report-wording.ts'

/** A report as one page that needs nothing else: no script, no file, no network. */
export function renderReportHtml(report: OwnershipReport): string {
  const chip = createChip(report)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Ownership on ${report.on}</title>
        <style>
          ${{ markup: REPORT_STYLE }}
        </style>
      </head>
      <body>
        <main>
          <header>
            <p>Ownership, from <code>${report.catalog}</code>, on ${report.on}</p>
            <h1>${report.sentence}</h1>
            ${figuresSection(report)}
            <nav aria-label="Sections">
              <a href="#decide">To decide</a>
              <a href="#roles">Who does what</a>
              <a href="#teams">Teams</a>
              <a href="#alerts">Alerts</a>
              <a href="#routes">Routes</a>
              <a href="#reviews">Reviews and exceptions</a>
            </nav>
          </header>
          ${decisionsSection(report, chip)} ${rolesSection(report, chip)}
          ${teamsSection(report, chip)} ${alertsSection(report, chip)}
          ${routesSection(report, chip)} ${reviewsSection(report, chip)}
          <footer>
            Written by <code>throughline owners report --format html</code>. Every answer names the
            line of <code>${report.catalog}</code> that decided it.
          </footer>
        </main>
      </body>
    </html> `
  return `${page.markup.replaceAll(/^\s+/gm, '').trimEnd()}\n`
}

function figuresSection({ coverage, services, teams, alerts }: OwnershipReport): Html {
  const { routes, owned } = coverage
  const share = routes === 0 ? '' : `${Math.floor((100 * owned) / routes)} %`
  const pages = alerts.filter(({ severity }) => severity === 'page').length
  return html`<dl class="figures">
    <div>
      <dt>routes with a team</dt>
      <dd>${owned} <small>of ${routes}${share === '' ? '' : `, ${share}`}</small></dd>
    </div>
    <div>
      <dt>services</dt>
      <dd>${services.length}</dd>
    </div>
    <div>
      <dt>teams</dt>
      <dd>${teams.length}</dd>
    </div>
    <div>
      <dt>alerts</dt>
      <dd>${alerts.length} <small>${pages} wake somebody</small></dd>
    </div>
  </dl>`
}

function decisionsSection(report: OwnershipReport, chip: Chip): Html {
  const found = listDecisions(report)
  const row = ({ level, state, what, team, mend }: Decision): Html =>
    html`<tr>
      <td class="state ${level === 'overdue' ? 'bad' : 'warn'}">${state}</td>
      <td>${what}</td>
      <td>${chip(team)}</td>
      <td><code>${mend}</code></td>
    </tr>`
  return html`<section id="decide">
    <h2>To decide</h2>
    ${
      found.length === 0
        ? html`<p class="good">
            Nothing needs a decision: no review is due soon, no exception is about to end, and every
            team is reached.
          </p>`
        : html`<p>The most urgent first, with the team that it waits for and what settles it.</p>
            ${table(['state', 'what', 'waits for', 'settled by'], found.map(row), 'cards')}`
    }
  </section>`
}

function rolesSection({ services }: OwnershipReport, chip: Chip): Html {
  const heads = ['service', ...Object.values(ROLE_WORDS)]
  const rows = services.map(
    ({ name, kind, criticality, roles: held }) =>
      html`<tr>
        <th scope="row">
          ${name}<span class="at"
            >${criticality === undefined ? kind : `${kind}, ${criticality}`}</span
          >
        </th>
        ${held.map(
          ({ team, decidedBy, byDefault }) =>
            html`<td>
              ${chip(team, byDefault)}<span class="at" title="${decidedBy}"
                >${byDefault ? 'by default' : `line ${decidedBy.split(':').at(-1)}`}</span
              >
            </td>`,
        )}
      </tr>`,
  )
  return html`<section id="roles">
    <h2>Who does what</h2>
    <p>
      Each role of each service, and the line that gives it. A dashed team has it only because the
      catalog names nobody.
    </p>
    ${table(heads, rows, 'roles')}
  </section>`
}

function teamsSection({ teams: all }: OwnershipReport, chip: Chip): Html {
  const rows = all.map(
    ({
      id,
      name,
      lead,
      github,
      people,
      page,
      ticket,
      notice,
      services,
      routes: owned,
      alerts: told,
      reviewedAt,
    }) =>
      html`<tr>
        <td class="pin">${chip(id)}<span class="at">${name}</span></td>
        <td class="narrow">
          ${lead ?? html`<span class="soft">none</span>`}<span class="at">${github}</span>
        </td>
        <td class="narrow">${people ?? html`<span class="soft">none</span>`}</td>
        <td>${reach(id, page)}</td>
        <td>${reach(id, ticket)}</td>
        <td>${reach(id, notice)}</td>
        <td>
          ${services.length === 0 ? html`<span class="soft">none</span>` : services.join(', ')}
        </td>
        <td class="number">${owned}</td>
        <td class="number">${told}</td>
        <td class="narrow">${reviewedAt ?? html`<span class="warn">never</span>`}</td>
      </tr>`,
  )
  const heads = [
    'team',
    'lead',
    'talk to it',
    'pages',
    'tickets',
    'notices',
    'fixes in production',
    'routes',
    'alerts',
    'reviewed',
  ]
  return html`<section id="teams">
    <h2>Teams</h2>
    <p>Where each is reached, and what it answers for.</p>
    ${table(heads, rows)}
  </section>`
}

function reach(team: string, { channel, channelTeam }: Reach): Html {
  if (channel === undefined) return html`<span class="bad">nobody</span>`
  const borrowed =
    channelTeam === team ? undefined : html`<span class="at warn">of ${channelTeam}</span>`
  return html`<code class="narrow">${channel}</code>${borrowed}`
}
