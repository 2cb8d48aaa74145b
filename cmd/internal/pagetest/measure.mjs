// Opens pages in Chromium and writes as JSON how long it took, in milliseconds. Its task comes on stdin; measure.go says its shape.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const task = JSON.parse(readFileSync(0, "utf8"));
const puppeteer = createRequire(task.tools + "/node_modules/")("puppeteer");

// One frame after what was asked is done.
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

async function open(browser, url) {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]); // a smooth scroll takes its time by intent
  await page.setViewport({ width: 1280, height: 800 });
  // What the page's thread computes, which other programs on the machine do not lengthen.
  const cdp = await page.createCDPSession();
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const computed = async () => 1000 * (await cdp.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration").value;
  const before = await computed();
  await page.goto(url, { waitUntil: "load", timeout: 120000 });
  await page.evaluate(frame);
  const t = await page.evaluate(() => {
    const n = performance.getEntriesByType("navigation")[0];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return { paint: paint.startTime, ready: n.domContentLoadedEventEnd, load: n.loadEventEnd, nodes: document.querySelectorAll("*").length };
  });
  t.computed = (await computed()) - before;
  const timed = async (act) => {
    const from = Date.now();
    await act();
    await page.evaluate(frame);
    return Date.now() - from;
  };
  t.scroll = await timed(() => page.evaluate(() => window.scrollTo(0, document.body.scrollHeight)));
  t.filter = await timed(() => page.evaluate(() => document.querySelector("#show-low").click()));
  t.unfold = await timed(() => page.evaluate(() => { const f = document.querySelectorAll(".fold"); f[f.length >> 1].open = true; f[f.length >> 1].scrollIntoView(); }));
  t.jump = await timed(() => page.evaluate(() => document.querySelector('a[href^="#store-"]').click()));
  await page.close();
  return t;
}

const browser = await puppeteer.launch({ executablePath: task.chromium, headless: true, userDataDir: task.profile, protocolTimeout: 300000, args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run"] });
try {
  const times = [];
  for (const url of task.urls) times.push(await open(browser, url));
  process.stdout.write(JSON.stringify(times));
} finally {
  await browser.close();
}
