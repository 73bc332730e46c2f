import type { Context } from "../../core/context.ts";

/** One message with a one-time code. */
export type CodeMessage = {
  /** E.164. */
  readonly phone: string;
  readonly code: string;
  /** SHA-256 of the id of the browser that asked. */
  readonly browser: Buffer;
};

/** How one-time codes leave the house. `send` throws when the message was not accepted; nobody sends it again. */
export type SmsGateway = { send(ctx: Context, message: CodeMessage): Promise<void> };
