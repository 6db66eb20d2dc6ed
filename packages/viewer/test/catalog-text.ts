/** A catalog of two teams; `team` has the route of the invoices. */
export const catalogText = (team: 'billing' | 'growth' = 'billing'): string => `version: 1
org: { defaultTeam: growth }
teams:
  billing: { name: Billing, channels: { people: "#billing", page: "pagerduty:env:PD_BILLING" } }
  growth: { name: Growth, channels: { people: "#growth" } }
services:
  web:
    kind: next
    hosts: ["web.test:3000"]
    roles: { productionFix: growth }
    routes:
      - { match: "GET /invoices/[id]", team: ${team}, audience: browser, objective: { availability: 99, latency: { p95: 200ms } } }
      - { match: "GET /health", unowned: by-design }
    queues: [{ name: reports, team: billing, maxAge: 5m }]
    dependencies: [{ host: payments.example.com, team: billing }]
  api:
    kind: node
    hosts: ["api.test:4000"]
    roles: { productionFix: billing }
`
