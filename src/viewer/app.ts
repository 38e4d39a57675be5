/** The entry of the page: an engine, what is open, and the parts that show it. */

import { App } from "./page/app.ts";
import { reportAddress } from "./page/served.ts";
import { WorkerEngine, type WorkerLike } from "./worker-engine.ts";

const worker = new URL("worker.js", import.meta.url);
const engine = new WorkerEngine(
  () => new Worker(worker, { type: "module", name: "mapscope" }) as unknown as WorkerLike,
);
const report = reportAddress();
const app = new App(engine);
void app.start(report);

// Served by `mapscope view` it lives as long as the command; hosted, it is there without a network too.
if (report === undefined && "serviceWorker" in navigator && location.protocol !== "file:") {
  navigator.serviceWorker.register(new URL("service-worker.js", import.meta.url)).catch(() => {
    // It works all the same, but for being installed.
  });
}
