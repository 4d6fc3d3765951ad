// After a withdrawal: deletes this site's declared storage that a server cannot reach, and says of each what became of it.

const covers = (pattern, name) =>
  pattern.startsWith("*") ? name.endsWith(pattern.slice(1))
  : pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1))
  : pattern === name;

const web = (storage) => ({ list: async () => Object.keys(storage), remove: async (name) => storage.removeItem(name) });

const script = (registration) => {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  return worker ? new URL(worker.scriptURL).pathname.split("/").pop() : "";
};

async function names(iterable) {
  const found = [];
  for await (const name of iterable) found.push(name);
  return found;
}

const places = {
  local_storage: () => web(localStorage),
  session_storage: () => web(sessionStorage),
  indexed_db: () => ({
    list: async () => (await indexedDB.databases()).map((database) => database.name),
    remove: (name) =>
      new Promise((done, failed) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = done;
        request.onerror = request.onblocked = () => failed(new Error(name));
      }),
  }),
  cache_storage: () => ({ list: () => caches.keys(), remove: (name) => caches.delete(name) }),
  opfs: () => ({
    list: async () => names((await navigator.storage.getDirectory()).keys()),
    remove: async (name) => (await navigator.storage.getDirectory()).removeEntry(name, { recursive: true }),
  }),
  service_worker: () => ({
    list: async () => (await navigator.serviceWorker.getRegistrations()).map(script),
    remove: async (name) => {
      for (const one of await navigator.serviceWorker.getRegistrations()) if (script(one) === name) await one.unregister();
    },
  }),
};

async function clear(kind, patterns) {
  const place = places[kind]();
  const declared = (name) => patterns.some((pattern) => covers(pattern, name));
  for (const name of (await place.list()).filter(declared)) await place.remove(name);
  if ((await place.list()).some(declared)) throw new Error(kind);
}

let left = 0;
for (const line of document.querySelectorAll("[data-bredele-delete]")) {
  const said = line.querySelector("strong");
  try {
    await clear(line.dataset.bredeleDelete, [...line.querySelectorAll("code")].map((name) => name.textContent));
    said.textContent = line.dataset.done;
  } catch {
    said.textContent = line.dataset.failed;
    left += 1;
  }
}
for (const words of document.querySelectorAll("[data-bredele-by-hand]")) words.hidden = left === 0;
