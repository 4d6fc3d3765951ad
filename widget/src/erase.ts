/** After a withdrawal: what a script can delete is deleted, kind by kind, and what it cannot is named. */

import type { Item } from "./config";
import { page } from "./page";

/** What is there, and how one of it is removed. */
type Place = [names: (string | undefined)[], remove: (name: string) => unknown];

const web = (storage: Storage): Place => [Object.keys(storage), (name) => storage.removeItem(name)];

const places: Record<string, () => Place | Promise<Place>> = {
  cookie: () => [page.cookie.split("; ").map((pair) => pair.split("=")[0]), forget],
  local_storage: () => web(localStorage),
  session_storage: () => web(sessionStorage),
  indexed_db: async () => [
    (await indexedDB.databases()).map(({ name }) => name),
    (name) =>
      new Promise((done) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = request.onerror = request.onblocked = done;
      }),
  ],
  cache_storage: async () => [await caches.keys(), (name) => caches.delete(name)],
  opfs: async () => {
    const files = await navigator.storage.getDirectory();
    return [await Array.fromAsync(files.keys()), (name) => files.removeEntry(name, { recursive: true })];
  },
  // a service worker goes by its script's address
  service_worker: async () => {
    const workers = await navigator.serviceWorker.getRegistrations();
    const address = ({ active, waiting }: ServiceWorkerRegistration): string | undefined => (active ?? waiting)?.scriptURL;
    return [
      workers.map(address),
      (name) => Promise.all(workers.filter((worker) => address(worker) === name).map((worker) => worker.unregister())),
    ];
  },
};

/** A declared name covers a name: `*` at one end stands for anything; an address ends in the name of its file. */
const covers = (declared: string, name: string): boolean => {
  const [head = "", tail] = declared.split("*");
  return tail === undefined ? name === head || name.endsWith(`/${head}`) : name.startsWith(head) && name.endsWith(tail);
};

/** Names deleted, and names left behind because another site keeps them. */
export async function erase(items: Item[], lost: ReadonlySet<string>): Promise<{ deleted: string[]; left: string[] }> {
  const deleted: string[] = [];
  const left: string[] = [];
  for (const { kind, names, purpose, foreign } of items) {
    if (!purpose.some((each) => lost.has(each))) continue;
    if (foreign) {
      left.push(...names);
      continue;
    }
    try {
      const [there, remove] = await places[kind]!();
      for (const name of there)
        if (name && names.some((declared) => covers(declared, name))) {
          await remove(name);
          deleted.push(name);
        }
      if (kind === "cookie") names.forEach(forget); // of another path: there, but not to be seen from here
    } catch {
      left.push(...names);
    }
  }
  return { deleted, left };
}

/** A cookie's domain and path cannot be read: every scope it may have is expired, with and without Partitioned. */
function forget(name: string): void {
  const labels = location.hostname.split(".");
  const steps = location.pathname.split("/");
  for (const path of ["/", ...steps.flatMap((_, end) => [steps.slice(0, end).join("/") + "/", steps.slice(0, end + 1).join("/")])])
    for (const domain of ["", ...labels.map((_, start) => `;domain=${labels.slice(start).join(".")}`)])
      for (const kind of ["", ";secure;samesite=none;partitioned"])
        page.cookie = `${name}=;max-age=0;path=${path}${domain}${kind}`;
}
