import { defineConfig } from "drizzle-kit";
import { engine } from "./engine.ts";

export default defineConfig({
  dialect: engine === "postgres" ? "postgresql" : "sqlite",
  schema: "./db/schema/index.ts",
  out: `./db/migrations/${engine}`,
});
