/** Before serving: the newest schema, no consent that ended since a restored backup, and the demo brand where a demo's database is empty. */

import { migrate } from "#db/migrate.ts";
import { members } from "#db/schema/members.ts";
import { staff } from "#db/schema/staff.ts";
import { seedDemo } from "#db/seed/demo.ts";
import { replayTombstones, tombstonesOf } from "../consents/tombstones/service.ts";
import { openHouse } from "../house.ts";
import { settingsOrExit } from "./settings.ts";

const config = settingsOrExit();
const applied = await migrate(config.databaseUrl);
if (applied.length > 0) console.error(`Database brought up to date: ${applied.join(", ")}`);

const house = await openHouse(config);
try {
  const ended = await replayTombstones(
    house.contextFor({ kind: "system", name: "consents.replay" }),
    tombstonesOf(config.dataDir),
  );
  if (ended > 0) console.error(`An older database is in place: ${ended} consent(s) that ended since have ended again`);
  const isEmpty = (await house.db.$count(staff)) === 0 && (await house.db.$count(members)) === 0;
  if (config.demo && isEmpty) {
    console.error("Seeding the demo brand …");
    await seedDemo(house);
  }
} finally {
  await house.close();
}
