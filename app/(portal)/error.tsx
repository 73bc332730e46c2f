"use client";
import { FailedPage } from "../ui/failed-page.tsx";

export default function PortalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <FailedPage {...props} home="/" />;
}
