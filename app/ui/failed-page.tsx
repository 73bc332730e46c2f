"use client";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { PageState } from "./page-state.tsx";

const sentences = {
  "zh-CN": {
    failed: "页面出错了",
    failedHint: "不是你的操作造成的，请重试；仍然不行的话，把编号告诉我们",
    offline: "连不上服务",
    offlineHint: "请检查网络，然后重试",
    retry: "重试",
    home: "回到首页",
    reference: "编号",
  },
  en: {
    failed: "This page failed",
    failedHint: "It was nothing you did. Try again; if it still fails, tell us the reference",
    offline: "The service cannot be reached",
    offlineHint: "Check the network, then try again",
    retry: "Try again",
    home: "Home",
    reference: "Reference",
  },
};

/**
 * A page that failed, or that the network lost. It carries its own words, because it must stand when nothing else
 * does, the message catalogues included.
 */
export function FailedPage({
  error,
  reset,
  home,
}: {
  error: Error & { digest?: string };
  reset: () => void;
  home: string;
}) {
  const [say, setSay] = useState(sentences["zh-CN"]);
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    const words = document.documentElement.lang === "en" ? sentences.en : sentences["zh-CN"];
    setSay(words);
    setOffline(!navigator.onLine);
    document.title = navigator.onLine ? words.failed : words.offline;
  }, []);
  return (
    <PageState
      status={offline ? "--" : "500"}
      title={offline ? say.offline : say.failed}
      hint={offline ? say.offlineHint : say.failedHint}
      home={{ href: home, label: say.home }}
      actions={
        <Button tone="primary" onClick={reset}>
          {say.retry}
        </Button>
      }
    >
      {error.digest && (
        <p className="font-mono text-sm text-ink-3">
          {say.reference} {error.digest}
        </p>
      )}
    </PageState>
  );
}
