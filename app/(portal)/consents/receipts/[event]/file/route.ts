import { asFile, receiptAt } from "../receipt.ts";

/** The signed receipt as a file. */
export async function GET(_: Request, props: { params: Promise<{ event: string }> }): Promise<Response> {
  const { eventId, receipt } = await receiptAt(props);
  return asFile(receipt, `consent-receipt-${eventId}.json`);
}
