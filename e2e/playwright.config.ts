import { defineConfig, devices } from "@playwright/test";

/** The journeys run against a production build, served as `npm start` serves it, on a database of their own. */
export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  globalSetup: "./server.ts",
  fullyParallel: true,
  workers: 3,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: process.env.TEST_TALLY ? [["line"], ["json", { outputFile: process.env.TEST_TALLY }]] : [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    // A trace of every step costs a fifth of the time: `npm run test:e2e -- --trace retain-on-failure` keeps one.
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
