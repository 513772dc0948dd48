document.getElementById("va-print").addEventListener("click", () => print());
