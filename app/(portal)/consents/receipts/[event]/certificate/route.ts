import { notFound } from "next/navigation";
import { asFile, receiptAt } from "../receipt.ts";

/** One signed certificate of what was erased with this event, as a file: `?id=` names it. */
export async function GET(request: Request, props: { params: Promise<{ event: string }> }): Promise<Response> {
  const { certificates } = await receiptAt(props);
  const id = new URL(request.url).searchParams.get("id");
  const certificate = certificates.find(({ document }) => document.certificateId === id);
  if (certificate === undefined) notFound();
  return asFile(certificate, `erasure-certificate-${certificate.document.certificateId}.json`);
}
