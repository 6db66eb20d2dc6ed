/** As small as a catalog can be and still say something. */
export const CATALOG_EXAMPLE = `version: 1
org: { defaultTeam: platform } # answers for all else
teams:
  platform: { name: Platform }
  billing:
    name: Billing
    channels: { page: pagerduty:env:PD_BILLING, ticket: "#billing" }
services:
  web: # the service's OpenTelemetry service.name
    kind: next
    roles: { productionFix: platform }
    routes:
      - { match: "POST /api/billing/*", team: billing }
      - { match: "GET /api/health", unowned: by-design }
`
