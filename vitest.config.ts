import { defineConfig } from "vitest/config";

/** Tests named `*.db.test.ts` run twice, once on each engine; the others need no database and run once. */
const databaseTests = ["{server,db,app,bench}/**/*.db.test.ts"];

export default defineConfig({
  test: {
    reporters: process.env.TEST_TALLY ? ["default", ["json", { outputFile: process.env.TEST_TALLY }]] : ["default"],
    projects: [
      {
        test: {
          name: "pure",
          include: ["{server,db,app,bench}/**/*.test.{ts,tsx}"],
          exclude: databaseTests,
          env: { NODE_ENV: "test" },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "sqlite",
          include: databaseTests,
          env: { NODE_ENV: "test", DATABASE_URL: "" },
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "postgres",
          include: databaseTests,
          env: { NODE_ENV: "test", DATABASE_URL: "postgres://embedded" },
          globalSetup: ["db/testing-server.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
