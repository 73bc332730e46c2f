import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Messages are compiled when the catalogues are loaded, so the browser carries no ICU parser. */
const withMessages = createNextIntlPlugin({
  requestConfig: "./app/i18n/request.ts",
  experimental: {
    messages: {
      path: "./app/messages",
      format: "json",
      locales: ["zh-CN", "en"],
      sourceLocale: "zh-CN",
      precompile: true,
    },
  },
});

/** react-aria ships its words in 34 languages; only ours and its fallback, en-US, are bundled. */
const otherLanguages =
  "ar-AE bg-BG cs-CZ da-DK de-DE el-GR es-ES et-EE fi-FI fr-FR he-IL hr-HR hu-HU it-IT ja-JP ko-KR lt-LT lv-LV nb-NO nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI sr-SP sv-SE tr-TR uk-UA zh-TW";

/** Pages only: `server/web.ts` owns the socket, the API, the headers and the content security policy. */
const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  images: { unoptimized: true },
  // `npm run verify` checks types for the whole repository; a second check here would only delay the first start.
  typescript: { ignoreBuildErrors: true },
  turbopack: {
    rules: { [`{${otherLanguages.replaceAll(" ", ",")}}.mjs`]: { loaders: ["./app/i18n/no-words.cjs"], as: "*.js" } },
  },
  experimental: { globalNotFound: true, authInterrupts: true },
};

export default withMessages(config);
