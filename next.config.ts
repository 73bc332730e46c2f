import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Messages are compiled when the catalogues are loaded, so the browser carries no ICU parser. */
const withMessages = createNextIntlPlugin({
  requestConfig: "./app/i18n/request.ts",
  experimental: {
    messages: { path: "./app/messages", format: "json", locales: ["zh-CN", "en"], sourceLocale: "zh-CN", precompile: true },
  },
});

/** Pages only: `server/web.ts` owns the socket, the API, the headers and the content security policy. */
const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  images: { unoptimized: true },
  // `npm run verify` checks types for the whole repository; a second check here would only delay the first start.
  typescript: { ignoreBuildErrors: true },
  experimental: { globalNotFound: true, authInterrupts: true },
};

export default withMessages(config);
