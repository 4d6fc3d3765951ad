// Reports who writes to the device. Runs before any script of the page, in its main world; touches no markup, so
// neither Content-Security-Policy nor Trusted Types are concerned. `BINDING` is replaced by a name of this scan.
(() => {
  "use strict";
  // A worker may run before DevTools can listen: then what it does is held until the binding is handed over.
  const handOver = globalThis["BINDING_"];
  let tell = globalThis["BINDING"];
  if (typeof handOver === "function" && typeof tell === "function") {
    handOver(tell);
    delete globalThis["BINDING_"];
    delete globalThis["BINDING"];
    return;
  }
  const held = [];
  if (typeof tell === "function") delete globalThis["BINDING"];
  else if (globalThis.Document || handOver) return;
  else {
    tell = (line) => held.push(line);
    const value = (given) => {
      tell = given;
      held.splice(0).forEach((line) => tell(line));
    };
    Object.defineProperty(globalThis, "BINDING_", { configurable: true, value });
  }
  const text = JSON.stringify;
  const where = () => {
    const found = String(new Error().stack).match(/https?:\/\/[^\s)]+?(?=:\d+:\d+)/g) || [];
    return found[0] || "";
  };
  const base = () => {
    const here = String(globalThis.location && location.href);
    return /^(?:about|blob|data):/.test(here) ? globalThis.document?.baseURI || String(globalThis.origin) + "/" : here;
  };
  const report = (what) => {
    try {
      if (what) tell(text({ ...what, script: where(), page: base() }));
    } catch {
      return;
    }
  };
  const around = (owner, name, told) => {
    const original = owner && owner[name];
    if (typeof original !== "function") return;
    const wrapped = {
      [name](...given) {
        try {
          report(told.call(this, given));
        } catch {
          // What cannot be told must not break the page.
        }
        return Reflect.apply(original, this, given);
      },
    }[name];
    try {
      Object.defineProperty(owner, name, { value: wrapped, configurable: true, writable: true });
    } catch {
      return;
    }
  };
  const later = (name, repeated) => {
    const original = globalThis[name];
    if (typeof original !== "function") return;
    const told = new Map();
    const wrapped = {
      [name](callback, delay, ...given) {
        if (delay >= 100 && delay <= 8000) {
          const line = String(new Error().stack).split("\n")[2] || "";
          const times = told.get(line) || 0;
          told.set(line, times + 1);
          if (times < 3) report({ kind: "timer", delay: Number(delay), repeated, line });
        }
        return Reflect.apply(original, globalThis, [callback, delay, ...given]);
      },
    }[name];
    globalThis[name] = wrapped;
  };
  later("setTimeout", false);
  later("setInterval", true);
  const masked = (line) => {
    const cut = String(line).split(";");
    const at = cut[0].indexOf("=");
    const value = cut[0].slice(at + 1).trim();
    const short = value ? value.slice(0, 1) + "…(" + value.length + ")" : "";
    return [cut[0].slice(0, at + 1) + short, ...cut.slice(1)].join(";");
  };
  if ("SIGNAL") {
    // Chromium knows no Global Privacy Control of its own; the header goes along as Sec-GPC.
    const owner = globalThis.Navigator || globalThis.WorkerNavigator;
    const signal = { get globalPrivacyControl() { return true; } };
    const { get } = Object.getOwnPropertyDescriptor(signal, "globalPrivacyControl");
    Object.defineProperty(owner.prototype, "globalPrivacyControl", { get, configurable: true, enumerable: true });
  }
  if (globalThis.Document) {
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
    if (cookie && cookie.set && cookie.configurable) {
      Object.defineProperty(Document.prototype, "cookie", {
        ...cookie,
        set(line) {
          Reflect.apply(cookie.set, this, [line]);
          const name = String(line).split("=")[0].trim();
          let kept = false;
          try {
            kept = Reflect.apply(cookie.get, this, []).split("; ").some((pair) => pair.split("=")[0] === name);
          } catch {
            kept = false;
          }
          report({ kind: "cookie", line: masked(line), kept });
        },
      });
    }
  }
  if (globalThis.CookieStore) {
    around(CookieStore.prototype, "set", ([first, value]) => {
      const options = typeof first === "object" ? first : { name: first, value };
      const { name, domain, path, expires, sameSite, partitioned } = options;
      const length = String(options.value).length;
      const short = length ? String(options.value).slice(0, 1) + "…(" + length + ")" : "";
      return { kind: "cookie_store", name, domain, path, expires: expires && Number(expires), sameSite, partitioned, value: short };
    });
  }
  if (globalThis.CookieStore) {
    around(CookieStore.prototype, "delete", ([first]) => ({
      kind: "cookie_store_delete",
      name: String(first && typeof first === "object" ? first.name : first),
    }));
  }
  if (globalThis.Storage) {
    around(Storage.prototype, "setItem", function ([name]) {
      const session = (() => {
        try {
          return this === globalThis.sessionStorage;
        } catch {
          return false;
        }
      })();
      return { kind: session ? "session_storage" : "local_storage", name: String(name) };
    });
  }
  around(globalThis.FileSystemDirectoryHandle && FileSystemDirectoryHandle.prototype, "getFileHandle", ([name, options]) =>
    options && options.create ? { kind: "opfs", name: String(name) } : null,
  );
  around(globalThis.FileSystemDirectoryHandle && FileSystemDirectoryHandle.prototype, "getDirectoryHandle", ([name, options]) =>
    options && options.create ? { kind: "opfs", name: String(name) } : null,
  );
  around(globalThis.EventTarget && EventTarget.prototype, "addEventListener", ([name]) =>
    /^(?:pagehide|beforeunload|unload|visibilitychange)$/.test(name) ? { kind: "leaver" } : null,
  );
  ("FINGERPRINT")(report, around);
  around(globalThis.IDBFactory && IDBFactory.prototype, "open", ([name]) => ({ kind: "indexed_db", name: String(name) }));
  around(globalThis.CacheStorage && CacheStorage.prototype, "open", ([name]) => ({ kind: "cache_storage", name: String(name) }));
  around(globalThis.ServiceWorkerContainer && ServiceWorkerContainer.prototype, "register", ([url]) => ({
    kind: "service_worker",
    name: new URL(String(url), location.href).pathname,
  }));
})();
