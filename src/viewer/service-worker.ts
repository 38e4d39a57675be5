/** Keeps the viewer's own files, so that it opens without a network. It never sees what is opened in it. */

/** Put in by the build. */
declare const MAPSCOPE_FILES: readonly string[];
declare const MAPSCOPE_BUILD: string;

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
/** What of a service worker's scope is used; the page's types know only windows. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", act: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", act: (event: FetchEvent) => void): void;
}
const scope = globalThis as unknown as Scope;

const PREFIX = "mapscope-";
const CACHE = `${PREFIX}${MAPSCOPE_BUILD}`;

scope.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(CACHE);
    // Past the browser's own cache, which may hold files of another build.
    await cache.addAll(MAPSCOPE_FILES.map((it) => new Request(it, { cache: "reload" })));
    await scope.skipWaiting();
  };
  event.waitUntil(fill());
});

scope.addEventListener("activate", (event) => {
  const clear = async () => {
    const names = await caches.keys();
    const old = names.filter((it) => it.startsWith(PREFIX) && it !== CACHE);
    await Promise.all(old.map((it) => caches.delete(it)));
    await scope.clients.claim();
  };
  event.waitUntil(clear());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope.registration.scope)) return;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
