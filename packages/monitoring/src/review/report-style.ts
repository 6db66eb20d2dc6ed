/** Style of the report: system fonts, hairlines, light and dark from the system, and fit for paper. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --back: light-dark(#fff, #16181c);
  --raised: light-dark(#f6f7f9, #1d2025);
  --text: light-dark(#1b1f24, #e4e7eb);
  --soft: light-dark(#5a6470, #9aa4b0);
  --line: light-dark(#dfe3e8, #31363e);
  --bad: light-dark(#b42318, #ff8a7a);
  --warn: light-dark(#8a5a00, #f0b950);
  --good: light-dark(#14713d, #6fd39b);
  --link: light-dark(#0b57b8, #84b6ff);
}
* { box-sizing: border-box }
body {
  margin: 0; padding: 40px 48px 64px; background: var(--back); color: var(--text);
  font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', sans-serif; font-variant-numeric: tabular-nums;
}
main { max-width: 1280px; margin: 0 auto }
a { color: var(--link); text-decoration: none }
a:hover, a:focus-visible { text-decoration: underline }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
code { font: 12.5px/1.45 ui-monospace, 'SF Mono', Menlo, Consolas, monospace }
header p { margin: 0; color: var(--soft) }
h1 { max-width: 42em; margin: 8px 0 20px; font-size: 24px; line-height: 1.3; font-weight: 600; text-wrap: pretty }
h2 { margin: 44px 0 4px; font-size: 17px; font-weight: 600 }
h2 + p { max-width: 96ch; margin: 0 0 14px; color: var(--soft) }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 10px 0; border-block: 1px solid var(--line) }
.figures { display: flex; flex-wrap: wrap; gap: 16px 48px; margin: 0 0 24px; padding: 0 }
.figures div { display: flex; flex-direction: column-reverse }
.figures dt { color: var(--soft) }
.figures dd { margin: 0; font-size: 26px; line-height: 1.2; font-weight: 600; letter-spacing: -.01em }
.figures small { font-size: 14px; font-weight: 400; color: var(--soft); letter-spacing: 0 }
.scroll { overflow-x: auto; border-block: 1px solid var(--line) }
table { width: 100%; border-collapse: collapse }
th { padding: 8px 16px 8px 0; text-align: left; vertical-align: bottom; font-weight: 500; color: var(--soft); white-space: nowrap }
td { padding: 8px 16px 8px 0; vertical-align: top; border-top: 1px solid var(--line) }
th:last-child, td:last-child { padding-right: 0 }
tbody th { border-top: 1px solid var(--line); vertical-align: top; color: inherit; font-weight: 600 }
.roles thead th { white-space: normal; min-width: 92px }
.roles tbody th, .pin { position: sticky; left: 0; background: var(--back) }
.narrow { white-space: nowrap }
.number { text-align: right }
.soft { color: var(--soft) }
.team {
  display: inline-block; padding: 0 7px; border: 1px solid hsl(var(--hue) 45% 50% / .45); border-radius: 4px;
  background: hsl(var(--hue) 60% 50% / .11); white-space: nowrap;
}
.team.default { border-style: dashed; background: none }
.at { display: block; margin-top: 2px; font-size: 12px; font-weight: 400; color: var(--soft); white-space: nowrap }
.state { font-weight: 600; white-space: nowrap }
.bad { color: var(--bad) }
.warn { color: var(--warn) }
.good { color: var(--good) }
details { border-top: 1px solid var(--line) }
details:last-of-type { border-bottom: 1px solid var(--line) }
summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; padding: 9px 0; cursor: pointer; list-style: none }
summary::-webkit-details-marker { display: none }
summary::before { content: '▸'; width: 10px; color: var(--soft) }
details[open] > summary::before { content: '▾' }
details .scroll { margin: 0 0 20px 24px; border-bottom: 0 }
footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft) }
@media (max-width: 640px) {
  body { padding: 20px 16px 40px }
  h1 { font-size: 19px }
  .figures { gap: 12px 28px }
  .figures dd { font-size: 21px }
  details .scroll { margin-left: 0 }
  .cards thead { display: none }
  .cards tr { display: grid; gap: 4px; padding: 10px 0; border-top: 1px solid var(--line) }
  .cards tr:first-child { border-top: 0 }
  .cards td { padding: 0; border: 0; overflow-wrap: anywhere }
}
@media print {
  :root { color-scheme: light }
  body { padding: 0; font-size: 11px }
  nav { display: none }
  .scroll { overflow: visible }
  details::details-content { content-visibility: visible; block-size: auto }
  tr, summary { break-inside: avoid }
  h2, summary { break-after: avoid }
}
`
