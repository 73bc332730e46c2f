import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = {
  /** One answered request. */
  request(route: string, status: number, seconds: number): void;
  /** Whether the process is ready to be asked. */
  ready(is: boolean): void;
  readonly contentType: string;
  text(): Promise<string>;
};

/** The figures of one process, in Prometheus' text form. Labels are route patterns and status classes only. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "evenhand_http_requests_total",
    help: "Answered requests",
    labelNames: ["route", "status"],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "evenhand_http_request_seconds",
    help: "From the first byte of a request to the end of its answer",
    labelNames: ["route"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const ready = new Gauge({ name: "evenhand_ready", help: "1 when /readyz says so", registers: [registry] });
  return {
    request(route, status, seconds) {
      requests.inc({ route, status: `${Math.floor(status / 100)}xx` });
      durations.observe({ route }, seconds);
    },
    ready: (is) => ready.set(is ? 1 : 0),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
