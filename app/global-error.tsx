"use client";
import { FailedPage } from "./ui/failed-page.tsx";
import "./globals.css";

/** When a root layout itself fails. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="zh-CN" data-app="portal" data-theme="light">
      <body>
        <main>
          <FailedPage {...props} home="/" />
        </main>
      </body>
    </html>
  );
}
