import { connection } from "next/server";

/** The least a page of this frame can do: rendered for each request, with nothing on it. */
export default async function Page() {
  await connection();
  return <p>empty</p>;
}
