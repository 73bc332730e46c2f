"use client";
import { FailedPage } from "../ui/failed-page.tsx";

export default function DeskError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <FailedPage {...props} home="/desk" />;
}
