import { ViewColumn, window } from 'vscode';
import { reportHtml } from '../../core/rehearse/report/html.ts';
import { rehearsalReport } from '../../core/rehearse/report/report.ts';
import type { Rehearsal } from '../../core/rehearse/result.ts';

/** Shows the report of a rehearsal in a tab of the editor. It runs and loads nothing. */
export function showReport(rehearsal: Rehearsal): void {
  const report = rehearsalReport(rehearsal);
  const panel = window.createWebviewPanel('chainUpgrade.report', report.title, ViewColumn.Active, {
    enableScripts: false,
    localResourceRoots: [],
  });
  panel.webview.html = reportHtml(report);
}
