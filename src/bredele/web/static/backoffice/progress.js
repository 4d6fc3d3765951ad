// Shows what the scan on its way says, as it says it; once it is over the page is read anew. Without this a link does.
(() => {
  const box = document.querySelector("[data-progress]");
  if (!box) return;
  const list = box.querySelector("ol");
  const SECONDS = 2;
  let shown = list.children.length;
  let failures = 0;

  const show = (lines) => {
    for (const line of lines.slice(shown)) {
      const item = document.createElement("li");
      item.textContent = line;
      list.append(item);
    }
    shown = Math.max(shown, lines.length);
  };

  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      failures = 0;
      show(told.lines);
      if (!told.open) {
        location.replace(location.pathname);
        return;
      }
    } catch {
      failures += 1;
      if (failures > 5) return;
    }
    setTimeout(ask, SECONDS * 1000 * (failures + 1));
  };

  setTimeout(ask, SECONDS * 1000);
})();
