/** The style of the page: the editor's own colours and fonts, in every theme. */
export const pageStyle = `
body { font-family: var(--vscode-font-family); font-size: var(--vscode-font-size);
  color: var(--vscode-foreground); padding: 0 1.5rem 2rem; line-height: 1.45; }
h1 { font-size: 1.5rem; font-weight: 600; margin: 1rem 0 0.25rem; }
h2 { font-size: 1.15rem; font-weight: 600; margin: 1.75rem 0 0.5rem; }
h3 { font-size: 1rem; font-weight: 600; margin: 1.25rem 0 0.4rem; }
code { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size);
  color: var(--vscode-foreground); background: none; padding: 0; }
a { color: var(--vscode-textLink-foreground); }
a:focus-visible, .scroll:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
ul.facts { margin: 0.25rem 0; padding-left: 1.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 1.2rem 0.3rem 0; }
thead th { font-weight: 600; border-bottom: 1px solid var(--vscode-foreground); }
tbody th { font-weight: 600; white-space: nowrap; }
td code { overflow-wrap: anywhere; }
td a { white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--vscode-widget-border, var(--vscode-panel-border,
  var(--vscode-contrastBorder))); }
.none { opacity: 0.85; }
svg.drawing text { fill: var(--vscode-foreground); font-size: 12px;
  font-family: var(--vscode-font-family); }
svg.drawing .time { stroke: var(--vscode-foreground); stroke-width: 1.5; opacity: 0.6; }
svg.drawing .done { fill: var(--vscode-foreground); stroke: var(--vscode-foreground); }
svg.drawing .pending { fill: var(--vscode-editor-background); stroke: var(--vscode-foreground);
  stroke-width: 2; stroke-dasharray: 3 2; }
svg.drawing .release { stroke: var(--vscode-foreground); stroke-width: 2; }
`;
