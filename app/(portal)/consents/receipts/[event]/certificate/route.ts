import { notFound } from "next/navigation";
import { asFile, receiptAt } from "../receipt.ts";

/** The signed certificates of what was erased with this event, as a file. */
export async function GET(_: Request, props: { params: Promise<{ event: string }> }): Promise<Response> {
  const { eventId, certificates } = await receiptAt(props);
  if (certificates.length === 0) notFound();
  return asFile(certificates, `erasure-certificate-${eventId}.json`);
}
