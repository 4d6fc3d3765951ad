// Everything but cookies that this frame's origin keeps, by name; values are only measured.
async () => {
  const found = [];
  const add = (kind, name, size, path) => found.push({ kind, name: String(name), value: size, path: path || "/" });
  const attempt = async (work) => {
    try {
      await work();
    } catch {
      return;
    }
  };
  const short = (value) => (value ? value.slice(0, 1) + "…(" + value.length + ")" : "");
  const list = (kind, area) => {
    for (let place = 0; place < area.length; place += 1) {
      const name = area.key(place);
      add(kind, name, short(area.getItem(name)));
    }
  };
  await attempt(() => list("local_storage", localStorage));
  await attempt(() => list("session_storage", sessionStorage));
  await attempt(async () => (await indexedDB.databases()).forEach(({ name }) => add("indexed_db", name, "")));
  await attempt(async () => (await caches.keys()).forEach((name) => add("cache_storage", name, "")));
  await attempt(async () => {
    for (const { active, installing, waiting, scope } of await navigator.serviceWorker.getRegistrations()) {
      const worker = active || waiting || installing;
      if (worker) add("service_worker", new URL(worker.scriptURL).pathname, "", new URL(scope).pathname);
    }
  });
  await attempt(async () => {
    for await (const name of (await navigator.storage.getDirectory()).keys()) add("opfs", name, "");
  });
  return { origin: location.origin, host: location.hostname, found };
}
