#!/usr/bin/env node
// Lighthouse's four scores and the layout shift of each kind of page, as medians of three visits with a slow phone.
//
//     node .ci/lighthouse.mjs http://127.0.0.1:8000 [page …]
//
// Wants Node, Chromium (named in CHROME_PATH if it lies elsewhere) and a site of `manage.py serve`; npx fetches
// Lighthouse. Not part of .ci/run: the times behind the performance score depend on what else the machine does, and
// accessibility is held by the browser tests. VISITS=1 is quicker, REPORTS=folder keeps the whole reports.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LIGHTHOUSE = "lighthouse@13.5.0";
const VISITS = Number(process.env.VISITS ?? 3);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const PAGES = {
  home: "/",
  catalogue: "/tools/",
  category: "/categories/front-end/",
  tool: "/tools/flask/",
  "comparison of 2": "/compare/elixir-vs-flask/",
  "comparison of 5": "/compare/angular-vs-react-vs-solidjs-vs-svelte-vs-vue/",
  search: "/search/?q=flask",
  "missing page": "/nothing/",
};

const [site, ...wanted] = process.argv.slice(2);
if (!site) {
  console.error("Give the site's address, such as http://127.0.0.1:8000");
  process.exit(2);
}
const folder = process.env.REPORTS ?? mkdtempSync(join(tmpdir(), "lighthouse-"));

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

// On a busy machine the browser sometimes loses its own recording.
function visit(name, path, number, tries = 3) {
  const file = join(folder, `${name.replaceAll(" ", "-")}-${number}.json`);
  const flags = ["--quiet", "--output=json", `--output-path=${file}`, "--ignore-status-code"];
  const browser = "--chrome-flags=--headless=new --no-sandbox --disable-background-networking";
  const command = ["--yes", LIGHTHOUSE, site.replace(/\/$/, "") + path, ...flags, browser];
  const env = { CHROME_PATH: "/usr/bin/chromium", ...process.env };
  const { status, stderr } = spawnSync("npx", command, { env, encoding: "utf8" });
  if (status !== 0) {
    if (tries > 1) return visit(name, path, number, tries - 1);
    throw new Error(stderr);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

function failing(report) {
  const counted = CATEGORIES.flatMap((id) => report.categories[id].auditRefs.filter((audit) => audit.weight > 0));
  const audits = new Set(counted.map((counts) => report.audits[counts.id]));
  return [...audits].filter((audit) => audit.score !== null && audit.score < 0.9);
}

console.log(["page".padEnd(16), ...CATEGORIES.map((id) => id.padStart(14)), "CLS".padStart(7)].join(" "));
for (const [name, path] of Object.entries(PAGES)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const reports = Array.from({ length: VISITS }, (_, number) => visit(name, path, number + 1));
  const scores = CATEGORIES.map((id) => Math.round(median(reports.map((one) => one.categories[id].score ?? 0)) * 100));
  const shift = median(reports.map((report) => report.audits["cumulative-layout-shift"].numericValue ?? 0));
  const columns = [...scores.map((score) => String(score).padStart(14)), shift.toFixed(3).padStart(7)];
  console.log([name.padEnd(16), ...columns].join(" "));
  for (const audit of failing(reports[0])) {
    console.log(`    ${audit.id}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ""}`);
  }
}
if (!process.env.REPORTS) rmSync(folder, { recursive: true });
