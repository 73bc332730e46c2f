import { defineConfig } from "vitest/config";

/** Tests named `*.db.test.ts` run twice, once on each engine; the others need no database and run once. */
const databaseTests = ["{server,db,app,bench}/**/*.db.test.ts"];
/** Long enough for any machine, in milliseconds: speed is judged in the bench. */
const testTimeout = 120_000;
const setupFiles = ["server/testing-folder.ts"];

export default defineConfig({
  test: {
    // No suite leaves anything behind in its process, so a process serves many: loading the house anew for each one took
    // two thirds of the time.
    isolate: false,
    maxWorkers: 2,
    reporters: process.env.TEST_TALLY ? ["default", ["json", { outputFile: process.env.TEST_TALLY }]] : ["default"],
    projects: [
      {
        test: {
          name: "pure",
          include: ["{server,db,app,bench}/**/*.test.{ts,tsx}"],
          exclude: databaseTests,
          setupFiles,
          env: { NODE_ENV: "test" },
          testTimeout,
        },
      },
      {
        test: {
          name: "sqlite",
          include: databaseTests,
          setupFiles,
          globalSetup: ["db/testing-file.ts"],
          env: { NODE_ENV: "test", DATABASE_URL: "" },
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      {
        test: {
          name: "postgres",
          include: databaseTests,
          setupFiles,
          globalSetup: ["db/testing-server.ts"],
          env: { NODE_ENV: "test", DATABASE_URL: "postgres://embedded" },
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
    ],
  },
});
