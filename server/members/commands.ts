import type { Command } from "commander";
import { fileKeyStore } from "../core/key-store.ts";
import { type House, withHouse } from "../house.ts";
import { memberKeysByKeyId } from "./key-rotation/queries.ts";
import { recordRotation, rewrapMemberKeys } from "./key-rotation/service.ts";

/** `evenhand keys …`: the key-encryption keys over the members' own keys. Everything stays in service meanwhile. */
export function membersCommands(program: Command, open: () => Promise<House>): void {
  const keys = program.command("keys").description("key-encryption keys: rotate them without stopping anything");

  keys
    .command("rotate")
    .description("make the next key-encryption key and bring every member's key under it")
    .option("--later", "only make it: other machines need the file before `keys rewrap`")
    .action(async ({ later = false }: { later?: boolean }) => {
      await printed(open, async (house) => {
        const keyId = await fileKeyStore(house.config.keyDir).rotate();
        const ctx = house.contextFor({ kind: "system", name: "keys.rotate" });
        await recordRotation(ctx, keyId);
        return later ? { keyId } : { keyId, ...(await rewrapMemberKeys(ctx)) };
      });
    });

  keys
    .command("rewrap")
    .description("go on with a rotation that was interrupted; harmless when there is nothing left to do")
    .action(async () => {
      await printed(open, (house) => rewrapMemberKeys(house.contextFor({ kind: "system", name: "keys.rewrap" })));
    });

  keys
    .command("status")
    .description(
      "which key-encryption keys there are, and how many members' keys each holds; exit 1 if some are behind",
    )
    .action(async () => {
      const { keys: held } = await printed(open, async ({ config, db }) => {
        const { encryptionKeys } = await fileKeyStore(config.keyDir).load();
        const members = await memberKeysByKeyId(db);
        const ids = [...encryptionKeys.keys()].sort((a, b) => a - b);
        return { keys: ids.map((id) => ({ id, newest: id === ids.at(-1), memberKeys: members.get(id) ?? 0 })) };
      });
      process.exitCode = held.every(({ newest, memberKeys }) => newest || memberKeys === 0) ? 0 : 1;
    });
}

/** Does one thing in the house and prints what came of it as JSON. */
async function printed<T>(open: () => Promise<House>, work: (house: House) => Promise<T>): Promise<T> {
  const found = await withHouse(open, work);
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  return found;
}
