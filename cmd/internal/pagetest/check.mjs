// Opens pages in one Chromium and writes as JSON what is wrong with them. Its task comes on stdin; check.go says its shape.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const task = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(task.tools + "/node_modules/");
const puppeteer = require("puppeteer");
const pa11y = require("pa11y");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const views = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 320 },
  { scheme: "dark", width: 320 },
];
const problems = [];
let looked = 0;

// All that opens is opened, so that nothing of the page escapes.
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));

async function judge(page, name, view) {
  const say = (tool, text) => problems.push({ page: name, view: `${view.scheme} ${view.width}`, tool, text });
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    }),
  );
  for (const v of found.violations) say("axe", `${v.id}: ${v.help}: ${v.nodes.length} times, first ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`);
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  if (wide > view.width) say("reflow", `the page is ${wide} pixels wide`);
  const said = await pa11y(page.url(), {
    browser: page.browser(), page, ignoreUrl: true, standard: "WCAG2AA", runners: ["htmlcs"], timeout: 300000,
    viewport: { width: view.width, height: 800 },
  });
  for (const i of said.issues) say("pa11y", `${i.code}: ${i.message} ${i.selector} ${i.context}`);
}

// What the browser itself complains of: a policy that forbids, a file that is not there.
function listen(page, name) {
  page.on("console", (m) => m.type() === "error" && problems.push({ page: name, view: "", tool: "browser", text: m.text() }));
  page.on("pageerror", (e) => problems.push({ page: name, view: "", tool: "browser", text: e.message }));
}

// Tabs through the page: every control is reached, in the order of the text, and is seen to have the focus.
async function keys(page, name) {
  const say = (text) => problems.push({ page: name, view: "keys", tool: "keys", text });
  const controls = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
    const seen = all.filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ contentVisibilityAuto: false, visibilityProperty: true }));
    const groups = new Set();
    return seen.filter((e) => {
      if (e.type !== "radio") return true;
      const first = !groups.has(e.name); // keys reach a group once, and arrows go on
      groups.add(e.name);
      return first;
    }).map((e, i) => (e.dataset.control = i));
  });
  const reached = [];
  const dates = await page.evaluate(() => document.querySelectorAll("input[type=date]").length); // each has a stop for day, month, year and calendar
  await page.evaluate(() => { window.scrollTo(0, 0); document.activeElement.blur(); });
  for (let i = 0; i <= controls.length + 3 * dates; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const s = getComputedStyle(e), r = e.getBoundingClientRect();
      return {
        control: e.dataset.control ?? (e.type === "radio" ? "radio" : "?"),
        html: e.outerHTML.slice(0, 120),
        ring: (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== "none",
        inside: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
      };
    });
    if (!at) break;
    reached.push(at.control);
    if (!at.ring) say(`no sign of focus on ${at.html}`);
    if (!at.inside) say(`the focus is out of sight on ${at.html}`);
  }
  const missed = controls.filter((c) => !reached.includes(String(c)));
  for (const c of missed) {
    say("keys do not reach " + (await page.evaluate((n) => document.querySelector(`[data-control="${n}"]`).outerHTML.slice(0, 120), c)));
  }
  const order = reached.map(Number).filter((n) => !Number.isNaN(n));
  if (order.some((n, i) => i > 0 && n < order[i - 1])) say("keys jump back in the text");
}

// Does what a person does, and looks where it leads.
async function walk(page, name, steps) {
  for (const s of steps ?? []) {
    if (s.open) await page.goto(s.open, { waitUntil: "load", timeout: 300000 });
    for (const [field, text] of Object.entries(s.type ?? {})) await page.type(field, text);
    if (s.click) {
      await page.click(s.click);
      await page.waitForFunction((at) => location.origin + location.pathname === at && document.readyState === "complete", { timeout: 60000 }, s.at).catch(() => {});
    }
    const at = await page.evaluate(() => location.origin + location.pathname);
    if (at !== s.at) problems.push({ page: name, view: "", tool: "step", text: `${s.click || s.open} leads to ${at}, and not to ${s.at}` });
  }
}

const browser = await puppeteer.launch({
  executablePath: task.chromium,
  headless: true,
  userDataDir: task.profile,
  acceptInsecureCerts: true, // servers of tests have certificates of their own
  timeout: 300000, // a machine may be busy
  protocolTimeout: 300000,
  // As root, and in containers without much of /dev/shm.
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--force-prefers-reduced-motion"],
});
try {
  for (const p of task.pages) {
    const page = await browser.newPage();
    listen(page, p.name);
    if (p.header) await page.setExtraHTTPHeaders(p.header);
    await walk(page, p.name, p.before);
    for (const [i, view] of (p.brief ? views.slice(2, 3) : views).entries()) {
      await page.setViewport({ width: view.width, height: 800 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
      if (i === 0) await page.goto(p.url, { waitUntil: "load", timeout: 300000 });
      await unfold(page);
      await judge(page, p.name, view);
    }
    await page.setViewport({ width: 1280, height: 800 });
    await page.goto(p.url, { waitUntil: "load", timeout: 300000 });
    if (!p.brief) await unfold(page);
    await keys(page, p.name);
    await walk(page, p.name, p.after);
    await page.close();
    looked++;
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify({ looked, problems }));
