(() => {
  "use strict";
  const items = [...document.querySelectorAll(".item")];
  const find = document.getElementById("find");
  const outcome = document.getElementById("outcome");
  const open = document.getElementById("open");
  const filter = () => {
    const words = find.value.toLowerCase();
    let shown = 0;
    for (const item of items) {
      const fits = item.textContent.toLowerCase().includes(words)
        && (!outcome.value || item.dataset.outcome === outcome.value);
      item.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.getElementById("count").textContent = `${shown} of ${items.length} questions`;
  };
  find.addEventListener("input", filter);
  outcome.addEventListener("change", filter);
  open.addEventListener("click", () => {
    const opened = !items.some((item) => !item.hidden && item.open);
    for (const item of items) if (!item.hidden) item.open = opened;
    open.textContent = opened ? "Close all" : "Open all";
  });
  addEventListener("beforeprint", () => { for (const item of items) item.open = true; });
  document.querySelector(".tools").hidden = false;
  filter();
})();
