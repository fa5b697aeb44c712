const light = `
  --surface: #ffffff; --raised: #f6f7f9; --line: #d9dce1; --text: #1b1f24; --muted: #5c6570;
  --added: #1baf7a; --changed: #2a78d6; --deleted: #eb6834;
  --good: #0a7d0a; --bad: #c22f2f; --odd: #8a5a00; --odd-surface: #fff6e0;`;

const dark = `
  --surface: #16181c; --raised: #1f2329; --line: #363b43; --text: #e6e8eb; --muted: #a0a8b2;
  --added: #199e70; --changed: #3987e5; --deleted: #d95926;
  --good: #4cc34c; --bad: #ff7b7b; --odd: #f0b64a; --odd-surface: #33290f;`;

/** The style of a report's page; in an editor's tab, that of the editor's theme decides. */
export const reportStyle = `
:root { color-scheme: light dark;${light} }
@media (prefers-color-scheme: dark) { :root {${dark} } }
body.vscode-light {${light} }
body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light) {${dark} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--surface); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
.verdict { display: inline-block; font-size: .95rem; font-weight: 600; padding: .1rem .65rem;
  border: 1px solid currentColor; border-radius: 1rem; vertical-align: .2rem; }
.passed { color: var(--good); }
.failed { color: var(--bad); }
.facts { padding-left: 1.2rem; margin: 0; color: var(--muted); }
.failure { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 0 0 1.5rem;
  padding: .9rem 1rem; background: var(--raised); border-left: 4px solid var(--bad); }
.failure dt { color: var(--muted); }
.failure dd { margin: 0; overflow-wrap: anywhere; }
code { font: .92em/1.5 ui-monospace, "SFMono-Regular", Consolas, monospace; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--muted); font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; }
tr.odd > *, td.odd { color: var(--odd); background: var(--odd-surface); }
.number { text-align: right; white-space: nowrap; }
.legend { display: inline-flex; gap: 1rem; list-style: none; margin: 0 1rem .5rem 0; padding: 0;
  color: var(--muted); }
.legend li::before { content: ""; display: inline-block; width: .7rem; height: .7rem;
  border-radius: 2px; margin-right: .4rem; }
.legend .added::before, .bar .added { background: var(--added); }
.legend .changed::before, .bar .changed { background: var(--changed); }
.legend .deleted::before, .bar .deleted { background: var(--deleted); }
.chart tbody th { white-space: nowrap; }
.chart td:last-child { min-width: 11rem; }
td.bars, th.bars { width: 40%; min-width: 9rem; }
.bar { display: flex; gap: 2px; height: 1rem; margin-top: .25rem; }
.bar i { min-width: 2px; border-radius: 2px; }
`;
